/// Who may do what at the broker, written by hand and from the processes: not a line of it comes from the generator.
///
/// The fleet is the real one with a worker `orders` beside it, and the ledger; the directory is the example with one
/// more user. `web-shop` starts cases and belongs to a team without answering for it.
enum Rules {
    /// The keys each user may publish with, by exchange; everything else is denied.
    static let publishes: [String: [String: Set<String>]] = [
        "cancellation": [
            "baton.events": [
                "cancellation.case-closing", "cancellation.case-ended", "cancellation.subscription-cancelled",
                "cancellation.virtual-office-move-requested",
            ],
            "baton.handoffs": ["cs-specialists.cancellation", "cs-representatives.cancellation"],
            "baton.dead": ["cancellation"], "baton.records": ["cancellation"],
        ],
        "ems-reinstatement": [
            "baton.events": ["ems-reinstatement.case-quiet", "ems-reinstatement.products-reinstated"],
            "baton.handoffs": ["ems.ems-reinstatement"],
            "baton.dead": ["ems-reinstatement"], "baton.records": ["ems-reinstatement"],
        ],
        "ordering": [
            "baton.events": [
                "ordering.case-quiet", "ordering.licences-downloaded", "ordering.order-processed",
            ],
            "baton.handoffs": [
                "cs-representatives.ordering", "cs-specialists.ordering", "order-team.ordering",
                "sales.ordering",
            ],
            "baton.dead": ["ordering"], "baton.records": ["ordering"],
        ],
        "vo-provisioning": [
            "baton.events": ["vo-provisioning.case-quiet", "vo-provisioning.virtual-office-loaded"],
            "baton.handoffs": ["citrix-portal-tech.vo-provisioning", "cs-specialists.vo-provisioning"],
            "baton.dead": ["vo-provisioning"], "baton.records": ["vo-provisioning"],
        ],
        "licence-swapper": [
            "baton.events": ["licence-swapper.case-quiet", "licence-swapper.licences-updated"],
            "baton.handoffs": ["citrix-portal-tech.licence-swapper"],
            "baton.dead": ["licence-swapper"], "baton.records": ["licence-swapper"],
        ],
        "notifier": [
            "baton.events": ["notifier.virtual-office-announced"],
            "baton.handoffs": ["cs-specialists.notifier"],
            "baton.dead": ["notifier"], "baton.records": ["notifier"],
        ],
        "orders": [
            "baton.events": ["orders.order-placed"],
            "baton.handoffs": ["order-team.orders", "cs-specialists.orders"],
            "baton.dead": ["orders"], "baton.records": ["orders"],
        ],
        "cs-specialists": [
            "baton.commands": ["answer.cs-specialists.cancellation", "answer.cs-specialists.ordering"],
            "baton.questions": ["team.cs-specialists"],
        ],
        "cs-representatives": [
            "baton.commands": [
                "answer.cs-representatives.cancellation", "answer.cs-representatives.ordering",
            ], "baton.questions": ["team.cs-representatives"],
        ],
        "ems": [
            "baton.commands": ["answer.ems.ems-reinstatement"], "baton.questions": ["team.ems"],
        ],
        "sales": ["baton.commands": ["answer.sales.ordering"], "baton.questions": ["team.sales"]],
        "order-team": [
            "baton.commands": ["answer.order-team.orders", "answer.order-team.ordering"],
            "baton.questions": ["team.order-team"],
        ],
        "citrix-portal-tech": [
            "baton.commands": [
                "answer.citrix-portal-tech.vo-provisioning", "answer.citrix-portal-tech.licence-swapper",
            ], "baton.questions": ["team.citrix-portal-tech"],
        ],
        "intake": [
            "baton.commands": [
                "start.saas-to-local.intake", "start.saas-to-virtual-office.intake",
                "withdraw.saas-to-local.intake", "withdraw.saas-to-virtual-office.intake",
            ],
            "baton.questions": ["starter.intake"],
        ],
        "web-shop": [
            "baton.commands": [
                "start.ordering.web-shop", "start.saas-to-local.web-shop", "withdraw.ordering.web-shop",
                "withdraw.saas-to-local.web-shop",
            ],
            "baton.questions": ["starter.web-shop"],
        ],
        "operations": [
            "baton.commands": ["operate.ledger.operations"], "baton.questions": ["operator.operations"],
        ],
        // The default exchange takes every key; that one login may write to it is what replying costs.
        "ledger": [
            "baton.dead": ["ledger"],
            "baton.redrive": [
                "cancellation", "ems-reinstatement", "ledger", "licence-swapper", "notifier", "ordering",
                "orders", "vo-provisioning",
            ], "": Set(keys),
        ],
    ]

    /// The queues each user may consume from.
    static let consumes: [String: Set<String>] = [
        "cancellation": ["baton.cancellation"],
        "ems-reinstatement": ["baton.ems-reinstatement"],
        "licence-swapper": ["baton.licence-swapper"],
        "notifier": ["baton.notifier"],
        "ordering": ["baton.ordering"],
        "orders": ["baton.orders"],
        "vo-provisioning": ["baton.vo-provisioning"],
        "ledger": [
            "baton.ledger", "baton.ledger.dead", "baton.unheard", "baton.cancellation.dead",
            "baton.ems-reinstatement.dead", "baton.licence-swapper.dead", "baton.notifier.dead",
            "baton.ordering.dead", "baton.orders.dead", "baton.vo-provisioning.dead",
        ],
        "citrix-portal-tech": ["baton.team.citrix-portal-tech"],
        "cs-specialists": ["baton.team.cs-specialists"],
        "cs-representatives": ["baton.team.cs-representatives"],
        "ems": ["baton.team.ems"],
        "order-team": ["baton.team.order-team"],
    ]

    /// Every user there is.
    static let users = publishes.keys.sorted()

    /// Every queue there is.
    static let queues = [
        "baton.cancellation", "baton.cancellation.dead", "baton.ems-reinstatement",
        "baton.ems-reinstatement.dead", "baton.ledger", "baton.ledger.dead", "baton.licence-swapper",
        "baton.licence-swapper.dead", "baton.notifier",
        "baton.notifier.dead", "baton.ordering", "baton.ordering.dead", "baton.orders", "baton.orders.dead",
        "baton.team.citrix-portal-tech", "baton.team.cs-specialists", "baton.team.cs-representatives",
        "baton.team.ems", "baton.team.order-team", "baton.unheard", "baton.vo-provisioning",
        "baton.vo-provisioning.dead",
    ]

    /// Every exchange a user could try; the empty name is the default exchange, which leads to every queue.
    static let exchanges = [
        "", "amq.direct", "amq.fanout", "amq.headers", "amq.topic", "baton.commands", "baton.dead",
        "baton.events",
        "baton.handoffs", "baton.questions", "baton.records", "baton.redrive", "baton.unheard",
    ]

    /// Keys that somebody may use somewhere, and what is near to them or could fool a pattern.
    static let keys: [String] = {
        let used = [
            "answer.citrix-portal-tech.licence-swapper", "answer.citrix-portal-tech.vo-provisioning",
            "answer.cs-representatives.cancellation", "answer.cs-representatives.ordering",
            "answer.cs-specialists.cancellation", "answer.cs-specialists.ordering",
            "answer.ems.ems-reinstatement",
            "answer.order-team.ordering",
            "answer.order-team.orders", "answer.sales.ordering", "cancellation", "cancellation.case-closing",
            "cancellation.case-ended", "cancellation.subscription-cancelled",
            "cancellation.virtual-office-move-requested", "citrix-portal-tech.licence-swapper",
            "citrix-portal-tech.vo-provisioning", "cs-specialists.notifier", "cs-specialists.ordering",
            "cs-specialists.vo-provisioning", "licence-swapper", "licence-swapper.case-quiet",
            "licence-swapper.licences-updated", "notifier.virtual-office-announced",
            "start.saas-to-virtual-office.intake", "team.citrix-portal-tech", "vo-provisioning",
            "vo-provisioning.case-quiet", "vo-provisioning.virtual-office-loaded",
            "cs-representatives.cancellation", "cs-representatives.ordering", "cs-specialists.cancellation",
            "cs-specialists.orders", "ems-reinstatement", "ems-reinstatement.case-quiet",
            "ems-reinstatement.products-reinstated", "ems.ems-reinstatement", "ledger", "notifier",
            "operate.ledger.operations",
            "operator.operations", "order-team.ordering", "order-team.orders", "ordering",
            "ordering.case-quiet", "ordering.licences-downloaded", "ordering.order-processed", "orders",
            "orders.order-placed", "sales.ordering", "start.ordering.web-shop", "start.saas-to-local.intake",
            "start.saas-to-local.web-shop", "starter.intake", "starter.web-shop", "team.cs-representatives",
            "team.cs-specialists", "team.ems", "team.order-team", "team.sales", "withdraw.ordering.web-shop",
            "withdraw.saas-to-local.intake", "withdraw.saas-to-local.web-shop",
            "withdraw.saas-to-virtual-office.intake",
        ]
        let near = [
            "answer.cs-specialists.cancellation", "start.saas-to-local.intake",
            "withdraw.saas-to-local.intake",
            "cancellation",
        ].flatMap {
            [
                "\($0)\n", "\n\($0)", "\($0).x", "x.\($0)", "\($0)x", $0.uppercased(),
                String($0.dropLast()),
                $0.replacing(".", with: "X"),
            ]
        }
        let nonsense = [
            "", "#", "*", ".*", "{username}", "start.saas-to-local.{username}", "start.saas-to-local.*",
            "start.saas-to-local.", "start.#", "start.saas-to-local.operations", "start.unknown.intake",
            "answer.cs-specialists.orders", "answer.cs-representatives.orders",
            "answer.order-team.cancellation",
            "answer.cs-specialists.#", "answer.*.cancellation", "withdraw.saas-to-local.{username}",
            "withdraw.saas-to-local.*", "withdraw.#", "withdraw.ordering.intake",
            "withdraw.saas-to-local.operations", "withdraw.saas-to-local.cs-specialists",
            "withdraw.saas-to-local",
            "operate.cancellation.operations", "operate.ledger.intake", "operate.ledger.{username}",
            "operate.ledger.cancellation", "cs-specialists.intake", "order-team.cancellation",
            "cs-representatives.orders", "cancellation.subscription-cancelled.v1", "team.intake",
            "team.operations", "team.web-shop", "operator.intake", "operator.cs-specialists",
            "starter.operations", "starter.cs-specialists", "operator.{username}", "team.#", "operator",
            "cancellation.take-cancellation",
            "orders.subscription-cancelled", "cancellation.dead",
        ]
        return used + near.filter { !used.contains($0) } + nonsense + queues
    }()
}
