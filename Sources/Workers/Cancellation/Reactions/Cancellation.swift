import CancellationMessages
import Vocabulary
import WorkerKit

/// Takes cancellation forms, has a specialist take and process each, and makes known what is cancelled.
package enum Cancellation: Worker {
    package typealias Messages = CancellationMessages

    /// What it remembers of a case.
    package struct Memory: CaseMemory {
        /// The form that started it.
        package var form: CancellationForm?
        /// Whether the firm wanted a trial and has not restored its data yet.
        package var awaitsTrial = false

        /// Nothing yet.
        package init() {}
    }

    /// What holds the cancellation back.
    package enum Gate: String, GateName {
        /// The firm works on its trial, if it wanted one.
        case trialRestored

        package var closedBecause: String {
            switch self {
            case .trialRestored: "the firm has not restored its data to the trial version yet"
            }
        }
    }

    /// Whether a gate is open.
    package static func isOpen(_ gate: Gate, _ memory: Memory) -> Bool {
        switch gate {
        case .trialRestored: !memory.awaitsTrial
        }
    }

    /// A file per process.
    package static var parts: [Part] { [saasToLocal] }
}
