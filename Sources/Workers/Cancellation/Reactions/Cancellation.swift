import CancellationMessages
import Vocabulary
import WorkerKit

/// Takes cancellation forms, has a specialist take and process each, and makes known what is cancelled.
public enum Cancellation: Worker {
    public typealias Messages = CancellationMessages

    /// What it remembers of a case.
    public struct Memory: CaseMemory {
        /// Whether the firm wanted a trial and has not restored its data yet.
        public var awaitsTrial = false

        /// Nothing yet.
        public init() {}
    }

    /// What holds the cancellation back.
    public enum Gate: String, GateName {
        /// The firm works on its trial, if it wanted one.
        case trialRestored

        public var closedBecause: String {
            switch self {
            case .trialRestored: "the firm has not restored its data to the trial version yet"
            }
        }
    }

    /// Whether a gate is open.
    public static func isOpen(_ gate: Gate, _ memory: Memory) -> Bool {
        switch gate {
        case .trialRestored: !memory.awaitsTrial
        }
    }

    /// A file per process.
    public static var parts: [Part] { [saasToLocal] }
}
