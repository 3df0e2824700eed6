import LedgerMessages
import StrictJSON
import Vocabulary
import Wire

/// A firm's move as the ledger would tell it where all goes well: with a trial, and one single proposal.
struct VirtualOfficeStory {
    static let caseID: CaseID = "saas-to-virtual-office/c-1"

    /// The turns.
    var entries: [CaseStory.Entry] { writer.entries }
    /// Where some of them stand, by name.
    private(set) var places: [String: Int] = [:]
    private var writer = StoryWriter()

    /// Writes it.
    init() {
        writer.caseID = Self.caseID
        prepare()
        load()
        cancel()
        order()
    }

    private mutating func note(_ name: String) { places[name] = writer.entries.count }

    private mutating func prepare() {
        let form: JSON = [
            "cancellation": [
                "backup": ["confirmed": true], "trialLicencesWanted": true, "newProducts": [],
                "netFirmAdministrator": "ada@example.com",
            ],
            "productsToMove": ["quill", "pigeon"], "virtualOfficeLicencesHeld": ["vo-pigeon"],
            "singleProposalWanted": true,
        ]
        writer.turn(of: "cancellation", .start(form), [("cancellation.take-cancellation.v1", .open)])
        writer.turn(
            of: "cancellation", .answer("cancellation.take-cancellation-answer.v1", [:]),
            [
                ("cancellation.take-cancellation.v1", .answered), ("cancellation.provide-trial.v1", .open),
                ("cancellation.process-cancellation.v1", .held),
            ], says: ["cancellation.virtual-office-move-requested.v1"])
        writer.turn(
            of: "cancellation", .answer("cancellation.provide-trial-answer.v1", ["restored": true]),
            [("cancellation.provide-trial.v1", .answered)])
        note("restored")
    }

    private mutating func load() {
        let load: MessageType = "vo-provisioning.load-products.v1"
        writer.turn(
            of: "vo-provisioning", .event("cancellation.virtual-office-move-requested.v1"),
            [("vo-provisioning.arrange-window.v1", .open)])
        writer.turn(
            of: "vo-provisioning", .answer("vo-provisioning.arrange-window-answer.v1", [:]),
            [("vo-provisioning.arrange-window.v1", .answered), (load, .open)],
            asking: ["start": "1970-01-05T15:00:00Z", "end": "1970-01-05T19:00:00Z"],
            tells: ["vo-provisioning.notice.v1"])
        note("arranged")
        let answer: MessageType = "vo-provisioning.load-products-answer.v1"
        writer.turn(
            of: "vo-provisioning",
            .answer(answer, ["loaded": ["quill"], "at": "1970-01-05T15:00:00Z"]), [(load, .open)])
        writer.turn(
            of: "vo-provisioning",
            .answer(answer, ["loaded": ["pigeon"], "at": "1970-01-05T19:00:00Z"]), [(load, .answered)],
            says: ["vo-provisioning.virtual-office-loaded.v1"])
        note("loaded B")
        let mails = (Self.welcome, Self.loaded)
        writer.turn(
            of: "notifier", .event("vo-provisioning.virtual-office-loaded.v1"),
            tells: ["notifier.notice.v1"], mails: [mails.0: .waiting, mails.1: .waiting])
        note("announced")
        writer.turn(of: "notifier", .effect(mails.0), mails: [mails.0: .done])
        note("welcomed")
        writer.turn(
            of: "notifier", .effect(mails.1), says: ["notifier.virtual-office-announced.v1"],
            mails: [mails.1: .done])
        note("told")
    }

    private static let welcome = "Mail to ada@example.com: virtual-office-welcome"
    private static let loaded = "Mail to specialists@example.com: virtual-office-loaded"
    private static let open = "Mail to ada@example.com: virtual-office-open"

    private mutating func cancel() {
        writer.turn(
            of: "cancellation", .event("notifier.virtual-office-announced.v1"),
            [("cancellation.process-cancellation.v1", .open)])
        writer.turn(
            of: "cancellation", .answer("cancellation.process-cancellation-answer.v1", ["confirmation": "C"]),
            [("cancellation.process-cancellation.v1", .answered)],
            says: ["cancellation.subscription-cancelled.v1"])
        note("cancelled")
        writer.turn(
            of: "ems-reinstatement", .event("cancellation.subscription-cancelled.v1"),
            [("ems-reinstatement.reinstate-products.v1", .open)])
        writer.turn(
            of: "ems-reinstatement",
            .answer("ems-reinstatement.reinstate-products-answer.v1", ["ticket": "T"]),
            [("ems-reinstatement.reinstate-products.v1", .answered)],
            says: ["ems-reinstatement.products-reinstated.v1"])
        note("reinstated")
    }

    private mutating func order() {
        writer.turn(
            of: "ordering", .event("ems-reinstatement.products-reinstated.v1"),
            [("ordering.send-renewal.v1", .open), ("ordering.make-proposal.v1", .open)])
        writer.turn(
            of: "ordering",
            .answer("ordering.send-renewal-answer.v1", ["number": "R", "total": "10.00"]),
            [("ordering.send-renewal.v1", .answered)])
        note("renewed")
        writer.turn(
            of: "ordering",
            .answer("ordering.make-proposal-answer.v1", ["number": "P", "total": "20.00"]),
            [("ordering.make-proposal.v1", .answered), ("ordering.combine-proposal.v1", .open)])
        writer.turn(
            of: "ordering",
            .answer("ordering.combine-proposal-answer.v1", ["number": "S", "total": "30.00"]),
            [("ordering.combine-proposal.v1", .answered), ("ordering.confirm-signatures.v1", .open)],
            asking: ["documents": ["S"]])
        note("combined")
        let lines: JSON = [["product": "vo-setup"], ["product": "vo-quill"], ["product": "quill"]]
        writer.turn(
            of: "ordering", .answer("ordering.confirm-signatures-answer.v1", ["documents": ["S"]]),
            [("ordering.confirm-signatures.v1", .answered), ("ordering.process-order.v1", .open)],
            asking: ["documents": [["number": "S", "lines": lines]]])
        note("signed")
        writer.turn(
            of: "ordering", .answer("ordering.process-order-answer.v1", ["order": "O"]),
            [("ordering.process-order.v1", .answered)], says: ["ordering.order-processed.v1"])
        note("ordered")
        writer.turn(
            of: "licence-swapper", .event("ordering.order-processed.v1"),
            [("licence-swapper.update-licences.v1", .open)])
        writer.turn(
            of: "licence-swapper", .answer("licence-swapper.update-licences-answer.v1", ["updated": true]),
            [("licence-swapper.update-licences.v1", .answered)],
            says: ["licence-swapper.licences-updated.v1"])
        note("updated")
        writer.turn(
            of: "notifier", .event("licence-swapper.licences-updated.v1"), mails: [Self.open: .waiting])
        writer.turn(
            of: "cancellation", .event("licence-swapper.licences-updated.v1"),
            says: ["cancellation.case-ended.v1"], ended: .completed)
    }
}
