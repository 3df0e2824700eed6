import Vocabulary
import WorkerKit

/// What the notifier does outside, and makes known of it.
package enum NotifierMessages: MessageSet {
    /// `notifier`.
    package static let worker: WorkerName = "notifier"
    /// What it makes known.
    package static let events: [any Event.Type] = [VirtualOfficeAnnounced.self]
    /// The specialists learn from it when a firm can work on Virtual Office.
    package static let tells: [Team] = ["cs-specialists"]
    /// Mail.
    package static let effects: [any Effect.Type] = [SendMail.self]
}
