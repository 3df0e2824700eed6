package import AMQP
package import Engine
package import Logging
package import Vocabulary

/// What a service's thread drives: a step at a time, until it is asked to stop.
///
/// Of functions, since what stands behind them is compiled for one worker where they are made.
package struct ServiceCore {
    /// Does everything that is due now, waiting for it at most so long.
    let step: (_ patience: Duration) -> Void
    /// Stops taking; the steps that follow send what is left.
    let stop: () -> Void
    /// Whether nothing is left to be sent.
    let isDrained: () -> Bool
    /// Ends in good order.
    let end: () throws(StoreError) -> Void

    /// Opens a store and puts a core together over a service's seams.
    package typealias Opening = @Sendable (ServiceSeams) throws(StoreError) -> ServiceCore

    /// Puts one together.
    package init(
        step: @escaping (_ patience: Duration) -> Void, stop: @escaping () -> Void,
        isDrained: @escaping () -> Bool, end: @escaping () throws(StoreError) -> Void
    ) {
        self.step = step
        self.stop = stop
        self.isDrained = isDrained
        self.end = end
    }
}

/// What a service's core is made of; all of it belongs to the service's thread.
package struct ServiceSeams {
    /// The queue on one side, what is to be sent on the other.
    package let broker: any Broker
    /// How to connect to the same broker besides.
    package let connecting: ConnectionOptions
    /// What the service takes for the time.
    package let clock: any Clock
    /// The machine's clocks, which people's patience is counted by.
    package let machine: any Clock
    /// Teams, users, calendars and products.
    package let directory: Directory
    /// The store's file.
    package let storePath: String
    /// Whether a missing one is made, empty.
    package let createsStore: Bool
    /// The program's version.
    package let version: String
    /// The service's log.
    package let logger: Logger
    /// Hears what an engine reports, and keeps systemd's picture of the service true.
    package let report: (Report) -> Void
}
