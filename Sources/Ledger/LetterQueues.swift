package import Engine

/// The queues of dead letters as the ledger sees them; all calls come from its thread.
///
/// A pass hands over everything that a queue holds, in order, so that some of it can be taken off; the rest goes back
/// to its place when the pass ends, or when the connection is lost. There is one pass at a time.
package protocol LetterQueues: AnyObject {
    /// How many messages wait in each of these queues, in the same order; `nil` where the broker cannot be asked now.
    func depths(of queues: [String]) -> [Int]?
    /// Begins a pass over a queue.
    func beginPass(over queue: String)
    /// What the pass has to tell, waiting for it at most so long; at most `batch` letters, and nothing where there is no
    /// pass.
    func events(waitingAtMost wait: Duration, batch: Int) -> [PassEvent]
    /// Has letters taken off when the pass ends, by the tags of this pass.
    func takeOff(_ tags: [UInt64])
    /// Ends the pass: takes off what is to leave, and gives back the rest.
    func endPass()
}

/// What a pass has to tell.
package enum PassEvent: Equatable, Sendable {
    /// A letter lies in the queue.
    case letter(Delivery)
    /// The end of the queue is reached: whether everything was seen that lay there when the pass began.
    case end(isWhole: Bool)
    /// The pass is broken off, and all that was handed over goes back.
    case lost(String)
}
