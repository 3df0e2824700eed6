import Vocabulary
import WorkerKit

/// What the notifier does outside.
package enum NotifierMessages: MessageSet {
    /// `notifier`.
    package static let worker: WorkerName = "notifier"
    /// Mail.
    package static let effects: [any Effect.Type] = [SendMail.self]
}
