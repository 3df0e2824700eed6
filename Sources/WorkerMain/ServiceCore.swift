package import Engine

/// What a service's thread drives: a step at a time, until it is asked to stop.
package protocol ServiceCore: AnyObject {
    /// Does everything that is due now, waiting for it at most so long.
    func step(waitingAtMost patience: Duration)
    /// Stops taking; the steps that follow send what is left.
    func stop()
    /// Whether nothing is left to be sent.
    var isDrained: Bool { get }
    /// Ends in good order.
    func end() throws(StoreError)
}
