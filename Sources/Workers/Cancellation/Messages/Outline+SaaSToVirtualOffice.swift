import Vocabulary
import WorkerKit

extension ProcessName {
    /// A firm leaves SaaS for Virtual Office.
    package static let saasToVirtualOffice: ProcessName = "saas-to-virtual-office"
}

extension Outline {
    /// From the form to a firm that works on Virtual Office.
    package static let saasToVirtualOffice = Outline(
        of: .saasToVirtualOffice, home: "cancellation", expected: .days(3),
        steps: [
            .asks(1, "Take the cancellation", "cancellation.take-cancellation.v1", of: "cs-specialists"),
            .asks(
                2, "Provide the trial, and see the data restored", "cancellation.provide-trial.v1",
                of: "cs-representatives", until: 5, onlyIf: "trial licences are wanted"),
            .asks(2, "Accept the move", "vo-provisioning.accept-move.v1", of: "citrix-portal-tech"),
            .asks(
                3, "Agree a down-time window with the firm", "vo-provisioning.arrange-window.v1",
                of: "citrix-portal-tech"),
            .asks(
                4, "Load the products in the window", "vo-provisioning.load-products.v1",
                of: "citrix-portal-tech"),
            .tells(5, "Welcome the firm, and tell the specialists", by: "notifier"),
            .asks(
                6, "Process the cancellation", "cancellation.process-cancellation.v1", of: "cs-specialists",
                once: "readyToCancel", isReversible: false),
            .tells(7, "Tell the sales and CS representatives", by: "notifier"),
            .asks(
                8, "Reinstate the products from before SaaS", "ems-reinstatement.reinstate-products.v1",
                of: "ems"),
            .asks(9, "Send the renewal to the firm", "ordering.send-renewal.v1", of: "cs-representatives"),
            .asks(
                9, "Propose what is new, and the missing licences", "ordering.make-proposal.v1", of: "sales",
                onlyIf: "new products are wanted or Virtual Office licences missing"),
            .asks(
                10, "Put the renewal into the proposal", "ordering.combine-proposal.v1", of: "cs-specialists",
                onlyIf: "one single proposal is wanted"),
            .asks(
                11, "See the documents signed", "ordering.confirm-signatures.v1", of: "cs-representatives"),
            .asks(12, "Process the order", "ordering.process-order.v1", of: "order-team"),
            .asks(
                13, "Update the licences on Virtual Office", "licence-swapper.update-licences.v1",
                of: "citrix-portal-tech"),
            .tells(14, "Tell the firm that it can log in", by: "notifier"),
        ])
}
