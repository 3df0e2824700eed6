import StrictJSON
import Testing

@testable import BatonCommand

extension AtABroker {
    @Suite("Verifying a real broker")
    struct DriftTests {
        /// Something done behind Baton's back, what is then said of it, and whether applying puts it right.
        struct Drift: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let method: BatonCommand.ManagementAPI.Method
            let path: [String]
            let body: JSON?
            let sentence: String
            let isMended: Bool

            init(
                _ testDescription: String, _ method: BatonCommand.ManagementAPI.Method, _ path: [String],
                _ body: JSON? = nil, says sentence: String, isMended: Bool = true
            ) {
                self.testDescription = testDescription
                self.method = method
                self.path = path
                self.body = body
                self.sentence = sentence
                self.isMended = isMended
            }
        }

        static let drifts = [
            Drift(
                "a queue is gone", .delete, ["queues", "*", "baton.harbour.dead"],
                says: "queue baton.harbour.dead is missing"),
            Drift(
                "an exchange is gone", .delete, ["exchanges", "*", "baton.redrive"],
                says: "exchange baton.redrive is missing"),
            Drift(
                "a binding is gone", .delete,
                ["bindings", "*", "e", "baton.dead", "q", "baton.harbour.dead", "harbour"],
                says: "binding baton.dead → baton.harbour.dead (harbour) is missing"),
            Drift("a user is gone", .delete, ["users", "pilot"], says: "user pilot is missing"),
            Drift(
                "a permission is gone", .delete, ["permissions", "*", "pilot"],
                says: "permission of pilot is missing"),
            Drift(
                "a topic permission is gone", .delete, ["topic-permissions", "*", "pilot", "baton.commands"],
                says: "topic permission of pilot on baton.commands is missing"),
            Drift(
                "a policy is gone", .delete, ["policies", "*", "baton.unheard"],
                says: "policy baton.unheard is missing"),
            Drift(
                "a permission is wider", .put, ["permissions", "*", "pilot"],
                ["configure": "^$", "write": ".*", "read": #"^baton\.team\.pier\z"#],
                says:
                    #"permission of pilot: write is ".*", declared is "^(baton\\.commands|baton\\.questions)\\z""#
            ),
            Drift(
                "a topic permission is wider", .put, ["topic-permissions", "*", "pilot"],
                ["exchange": "baton.commands", "write": "answer", "read": "^$"],
                says: """
                    topic permission of pilot on baton.commands: write is "answer", declared is \
                    "^answer\\\\.pier\\\\.harbour\\\\z"
                    """),
            Drift(
                "a limit is another", .put, ["policies", "*", "baton.team.pier"],
                [
                    "pattern": #"^baton\.team\.pier\z"#, "apply-to": "queues", "priority": 100,
                    "definition": [
                        "delivery-limit": 5, "max-length-bytes": 1_073_741_824, "overflow": "reject-publish",
                    ],
                ],
                says: "policy baton.team.pier: definition.delivery-limit is 5, declared is 1000000000"),
            Drift(
                "a stranger's binding leads in", .post,
                ["bindings", "*", "e", "amq.topic", "q", "baton.harbour"],
                ["routing_key": "start.#", "arguments": ["x": 1]],
                says: "binding amq.topic → baton.harbour (start.#) is not declared"),
            Drift(
                "a queue of Baton's name", .put, ["queues", "*", "baton.extra"],
                ["durable": true, "arguments": ["x-queue-type": "quorum"]],
                says: "queue baton.extra is not declared"),
            Drift(
                "an exchange of Baton's name", .put, ["exchanges", "*", "baton.extra"],
                ["type": "fanout", "durable": true], says: "exchange baton.extra is not declared"),
            Drift(
                "a policy of Baton's name", .put, ["policies", "*", "baton.extra"],
                ["pattern": "^nothing$", "definition": ["max-length": 1]],
                says: "policy baton.extra is not declared"),
            Drift(
                "a policy that overrules another", .put, ["policies", "*", "mine"],
                ["pattern": "pier", "apply-to": "queues", "priority": 101, "definition": ["max-length": 1]],
                says: """
                    policy mine is in force on queue baton.team.pier instead of baton.team.pier; lower its priority, \
                    narrow its pattern, or remove it
                    """, isMended: false),
        ]

        @Test("Each kind of drift is found, said, and put right where that is safe", arguments: drifts)
        func drift(_ drift: Drift) async throws {
            try await Lab.run { lab in
                _ = try await lab.apply(harbour())
                try await lab.plant(drift.method, drift.path, drift.body)
                #expect(try await lab.verify(harbour()).contains(drift.sentence))
                let changes = try await lab.apply(harbour())
                #expect(!changes.isEmpty)
                #expect(try await lab.verify(harbour()).isEmpty == drift.isMended)
            }
        }

        @Test("A queue of another type is named and left as it is, for changing it would lose what is in it")
        func otherType() async throws {
            try await Lab.run { lab in
                _ = try await lab.apply(harbour())
                try await lab.plant(.delete, ["queues", "*", "baton.harbour"])
                try await lab.plant(
                    .put, ["queues", "*", "baton.harbour"],
                    ["durable": true, "arguments": ["x-queue-type": "classic"]])
                _ = try await lab.apply(harbour())
                #expect(
                    try await lab.verify(harbour()) == [
                        """
                        queue baton.harbour: arguments.x-queue-type is "classic", declared is "quorum"; this cannot be \
                        changed in place; delete it when nothing is in it, and apply again
                        """
                    ])
            }
        }

        @Test(
            "Another user with rights in the virtual host is named and left alone; an administrator is not named"
        )
        func stranger() async throws {
            try await Lab.run { lab in
                _ = try await lab.apply(harbour())
                for (user, tags) in [("stowaway", "monitoring"), ("captain", "administrator")] {
                    try await lab.plant(.put, ["users", user], ["password": "x", "tags": .string(tags)])
                    try await lab.plant(
                        .put, ["permissions", "*", user], ["configure": "", "write": ".*", "read": ""])
                }
                let expected = """
                    permission of stowaway is not declared; add the user to the directory, or take its rights away
                    """
                #expect(try await lab.verify(harbour()) == [expected])
                #expect(try await lab.apply(harbour()).map(\.action) == [.kept])
            }
        }

        @Test("A queue that is somebody else's, and what it listens to, is none of Baton's business")
        func tap() async throws {
            try await Lab.run { lab in
                _ = try await lab.apply(harbour())
                try await lab.plant(.put, ["queues", "*", "tap"], ["durable": true])
                try await lab.plant(
                    .post, ["bindings", "*", "e", "baton.events", "q", "tap"], ["routing_key": "#"])
                #expect(try await lab.verify(harbour()) == [])
                #expect(try await lab.apply(harbour()) == [])
            }
        }
    }
}
