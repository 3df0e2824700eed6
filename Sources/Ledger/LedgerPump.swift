package import Engine

/// Joins a ledger to its broker and clock: one step asks what happened, lets the ledger decide, and does it.
package final class LedgerPump {
    private let ledger: Ledger
    private let passes: LetterPasses
    private let broker: any Broker
    private let clock: any Clock
    private let machine: any Clock
    private let report: (LedgerReport) -> Void

    /// Joins them.
    ///
    /// - Parameters:
    ///   - ledger: what decides.
    ///   - letters: where dead letters lie.
    ///   - broker: what it takes from and replies by.
    ///   - clock: what it takes for the time.
    ///   - machine: what the patience of those who ask is counted by, however fast the clock runs.
    ///   - report: hears what is worth a line in a log; called on the thread of the step.
    package init(
        _ ledger: Ledger, letters: any LetterQueues, broker: any Broker, clock: any Clock,
        machine: any Clock, report: @escaping (LedgerReport) -> Void
    ) {
        self.ledger = ledger
        passes = LetterPasses(
            ledger.store, letters, of: ledger.answering.fleet, report: report)
        self.broker = broker
        self.clock = clock
        self.machine = machine
        self.report = report
    }

    /// Does everything that is due now, waiting for it at most so long.
    package func step(waitingAtMost patience: Duration) {
        let wait = [ledger.nextCall(after: now), passes.patience].compactMap { $0 }.reduce(patience, min)
        let events = broker.events(waitingAtMost: wait, batch: Limits.batch)
        perform(ledger.handle(events, at: now, machineTime: machine.now.wall))
        passes.step(at: now)
        ledger.answering.unseen = passes.unseen
        ledger.store.tidy()
    }

    private var now: Moment { Moment(wall: clock.now.wall, monotonic: machine.now.monotonic) }

    /// Stops taking; the steps that follow wait for the last confirms.
    package func stop() {
        passes.stop()
        perform(ledger.stop())
    }

    /// Whether nothing is left to be sent.
    package var isDrained: Bool { ledger.isDrained }

    /// Ends in good order.
    package func end() throws(StoreError) { try ledger.end() }

    private func perform(_ actions: [Ledger.Action]) {
        for action in actions {
            switch action {
            case .consume(let prefetch): broker.consume(prefetch: prefetch)
            case .stopConsuming: broker.stopConsuming()
            case .acknowledge(let tag): broker.acknowledge(upTo: tag)
            case .publish(let rows): broker.publish(rows)
            case .report(let news): report(news)
            }
        }
    }
}
