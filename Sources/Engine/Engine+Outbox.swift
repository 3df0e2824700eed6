import Vocabulary
import Wire

extension Engine {
    /// Hands over rows that wait in the store, as far as there is room at the broker.
    func handOverMore() throws(StoreError) {
        guard let after = relay.next else { return }
        let rows = try store.outboxRows(after: after, atMost: relay.room)
        guard !rows.isEmpty else { return }
        relay.handOver(rows)
        emit(.publish(rows))
    }

    /// Drops confirmed rows by a commit of their own, where no turn came in time to do it with its own.
    func dropConfirmedIfDue(at moment: Moment) throws(StoreError) {
        let isDue = moment.monotonic - lastCommit >= limits.confirmedPatience
        guard isDue || relay.confirmed.count >= limits.confirmedRows else { return }
        try dropConfirmed()
        lastCommit = moment.monotonic
    }

    func dropConfirmed() throws(StoreError) {
        let confirmed = relay.confirmed
        guard !confirmed.isEmpty else { return }
        _ = try store.commit([.sent(confirmed)])
        relay.dropped(confirmed.count)
    }

    /// Stops taking while the outbox is over its bound, and goes on once it has shrunk to half of it.
    func pauseOrResume() {
        switch (isOutboxFull, relay.isOverfull(while: isOutboxFull)) {
        case (false, true):
            isOutboxFull = true
            stopTaking()
            emit(.report(.outboxFull(rows: relay.waiting)))
        case (true, false):
            isOutboxFull = false
            emit(.report(.takingAgain))
            resumeTaking()
        default: break
        }
    }

    /// Consumes, with a prefetch of one while suspects come.
    func resumeTaking() {
        guard !isStopping else { return }
        emit(.consume(prefetch: isCautious ? 1 : limits.prefetch))
    }

    /// Gives back what was handed over; what gathers in the queue from now on must be taken before a timer
    /// fires.
    func stopTaking() {
        timerHold.backlogIsUnknown()
        emit(.stopConsuming)
    }

    /// The broker will not take a row: it becomes a dead letter; a dead letter itself stays in the outbox,
    /// and is told.
    func setAside(_ number: Int64, because why: String, at moment: Moment) throws(StoreError) {
        guard let row = try store.outboxRows(after: number - 1, atMost: 1).first, row.number == number else {
            return relay.forget(number)
        }
        guard row.message.exchange != Exchange.dead.rawValue else {
            relay.strand(number)
            return emit(.report(.stranded(number, why: why)))
        }
        let letter = turns.letters.unpublishable(row.message, why: why, at: moment.wall)
        let numbers = try store.commit([.sent([number]), .send(letter)])
        relay.setAside(number)
        let publish = relay.committed(numbers.map { OutboxRow(number: $0, message: letter) })
        if !publish.isEmpty { emit(.publish(publish)) }
    }
}
