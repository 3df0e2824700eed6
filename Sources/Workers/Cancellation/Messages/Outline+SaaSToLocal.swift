import Vocabulary
import WorkerKit

extension ProcessName {
    /// A firm leaves SaaS for an installation of its own.
    package static let saasToLocal: ProcessName = "saas-to-local"
}

extension Outline {
    /// From the cancellation form to downloaded licences.
    package static let saasToLocal = Outline(
        of: .saasToLocal, home: "cancellation", expected: .days(3),
        steps: [
            .asks(1, "Take the cancellation", "cancellation.take-cancellation.v1", of: "cs-specialists"),
            .asks(
                2, "Provide the trial, and see the data restored", "cancellation.provide-trial.v1",
                of: "cs-representatives", onlyIf: "trial licences are wanted"),
            .asks(
                3, "Process the cancellation", "cancellation.process-cancellation.v1", of: "cs-specialists",
                once: "trialRestored", isReversible: false),
            .tells(4, "Tell the sales and CS representatives", by: "notifier"),
            .asks(
                5, "Reinstate the products from before SaaS", "ems-reinstatement.reinstate-products.v1",
                of: "ems"),
            .asks(6, "Send the renewal to the firm", "ordering.send-renewal.v1", of: "cs-representatives"),
            .asks(
                6, "Propose the new products", "ordering.make-proposal.v1", of: "sales",
                onlyIf: "new products are wanted"),
            .asks(
                7, "See the documents signed", "ordering.confirm-signatures.v1", of: "cs-representatives"),
            .asks(8, "Process the order", "ordering.process-order.v1", of: "order-team"),
            .tells(9, "Send the firm its confirmation", by: "notifier"),
            .asks(
                10, "See the licences downloaded", "ordering.confirm-download.v1", of: "cs-representatives"),
        ])
}
