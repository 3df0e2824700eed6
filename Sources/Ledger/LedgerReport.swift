package import Vocabulary

/// What a ledger's main logs; no content of any message is in it.
package enum LedgerReport: Equatable, Sendable {
    /// The store does not answer: nothing is taken until it does.
    case storeGone(String)
    /// The store answers again.
    case storeBack
    /// A delivery could not be read, and is a dead letter.
    case unreadable(key: String, why: String)
    /// A question was not answered.
    case questionDropped(UserName, why: String)
    /// The broker did not take a reply.
    case replyLost(String)
    /// The broker does not take a letter; it stays in the outbox.
    case stranded(Int64, why: String)
    /// A queue of letters could not be looked through; it is tried again.
    case passBrokenOff(queue: String, why: String)
}
