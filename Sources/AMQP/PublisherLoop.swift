/// The publisher's thread: sends, hears confirms, and comes back from whatever happens to the connection.
struct PublisherLoop {
    private let options: ConnectionOptions
    private let mailbox: PublisherMailbox
    private let report: @Sendable (PublisherEvent) -> Void
    private var generator = SystemRandomNumberGenerator()

    private var connection: Connection?
    private var nextEndpoint = 0
    private var reconnect = Backoff(first: Limits.backoff, most: Limits.backoffMost)
    private var retryAt: Duration = .zero

    /// What waits to be sent, the next one first.
    private var waiting: ArraySlice<Attempt> = []
    /// Refused by nack, each until its own time.
    private var delayed: [Attempt] = []
    private var flight = Flight()
    /// Sent one at a time, because one of so many first ones closes the channel.
    private var suspects = 0
    private var blockedBecause: String?
    private var stopAt: Duration?
    private var heldBecause: String?

    private static let channel: UInt16 = 1

    init(
        _ options: ConnectionOptions, mailbox: PublisherMailbox,
        report: @escaping @Sendable (PublisherEvent) -> Void
    ) {
        self.options = options
        self.mailbox = mailbox
        self.report = report
    }

    /// Runs until it is told to stop, and has nothing left or no more time.
    mutating func run() {
        while true {
            takeMail()
            if let stopAt, isIdle || Duration.monotonicNow >= stopAt { break }
            guard connect() else { continue }
            do { try round() } catch { drop(because: error) }
        }
        connection?.close()
    }

    private var isIdle: Bool { waiting.isEmpty && delayed.isEmpty && flight.isEmpty }

    private mutating func takeMail() {
        let mail = mailbox.take()
        waiting += mail.publications.map { Attempt($0) }
        stopAt = mail.stopAt
    }

    // MARK: Connecting

    /// Whether there is a connection; where there is none and it is not time to try, waits for mail
    /// meanwhile.
    private mutating func connect() -> Bool {
        if connection != nil { return true }
        let now = Duration.monotonicNow
        guard !isIdle, now >= retryAt else {
            mailbox.wakeup.wait(atMost: isIdle ? .seconds(60) : min(retryAt - now, .seconds(1)))
            return false
        }
        let endpoint = options.endpoints[nextEndpoint % options.endpoints.count]
        nextEndpoint += 1
        do {
            let opened = try Connection.open(endpoint, options)
            try opened.openChannel(Self.channel)
            try opened.selectConfirms(on: Self.channel)
            connection = opened
            hold(nil)
            return true
        } catch {
            retryAt = .monotonicNow + reconnect.next(using: &generator)
            hold("\(error)")
            return false
        }
    }

    /// The connection is of no use any more: what it had not confirmed is sent again by the next one.
    private mutating func drop(because error: AMQPError) {
        connection = nil
        blockedBecause = nil
        requeue(flight.takeAll())
        retryAt = .monotonicNow + reconnect.next(using: &generator)
        hold("\(error)")
    }

    private mutating func requeue(_ attempts: [Attempt]) { waiting = (attempts + waiting)[...] }

    private mutating func hold(_ why: String?) {
        guard why != heldBecause else { return }
        heldBecause = why
        report(.held(why))
    }

    // MARK: One round

    private mutating func round() throws(AMQPError) {
        guard let connection else { return }
        releaseDelayed()
        try send(on: connection)
        let events = try connection.events(waitingAtMost: patience, wakeup: mailbox.wakeup)
        var confirmed: [Int64] = []
        for event in events { try hear(event, on: connection, confirmed: &confirmed) }
        if !confirmed.isEmpty {
            reconnect.reset()
            report(.confirmed(confirmed))
        }
        guard blockedBecause == nil, let oldest = flight.oldest else { return }
        guard Duration.monotonicNow - oldest < options.confirmTimeout else {
            throw .silent("no confirm from \(connection.endpoint) within \(options.confirmTimeout)")
        }
    }

    /// How long a round may wait: until a refused one is due, the stop, or a look at the oldest confirm.
    private var patience: Duration {
        let now = Duration.monotonicNow
        var wait: Duration = flight.isEmpty ? .seconds(60) : .seconds(1)
        for attempt in delayed { wait = min(wait, attempt.notBefore - now) }
        if let stopAt { wait = min(wait, stopAt - now) }
        return max(.zero, wait)
    }

    private mutating func releaseDelayed() {
        guard !delayed.isEmpty else { return }
        let now = Duration.monotonicNow
        waiting += delayed.filter { $0.notBefore <= now }
        delayed.removeAll { $0.notBefore <= now }
    }

    private mutating func send(on connection: Connection) throws(AMQPError) {
        guard blockedBecause == nil, !waiting.isEmpty else { return }
        let window = suspects > 0 ? 1 : Limits.inFlight
        let count = min(waiting.count, window - flight.count)
        guard count > 0 else { return }
        let now = Duration.monotonicNow
        let next = Array(waiting.prefix(count))
        waiting.removeFirst(count)
        // A slice keeps what was taken off its front until it is replaced.
        if waiting.isEmpty { waiting = [] }
        let sent = next.filter { isSendable($0, on: connection) }
        // All are in flight before the first is sent: what fails half-way is then sent again as a whole.
        for attempt in sent { flight.add(attempt, at: now) }
        try connection.corked { () throws(AMQPError) in
            for attempt in sent { try connection.publish(attempt.publication, on: Self.channel) }
        }
    }

    /// What AMQP cannot carry is not tried: it would cost the connection.
    private mutating func isSendable(_ attempt: Attempt, on connection: Connection) -> Bool {
        do throws(AMQPError) {
            _ = try connection.size(of: attempt.publication)
            return true
        } catch {
            report(.setAside(attempt.publication.token, error))
            return false
        }
    }

    private mutating func hear(
        _ event: ConnectionEvent, on connection: Connection, confirmed: inout [Int64]
    ) throws(AMQPError) {
        switch event {
        case .confirmed(let number, let multiple, let isTaken):
            let attempts = flight.take(number, multiple: multiple)
            suspects = max(0, suspects - attempts.count)
            if isTaken {
                confirmed += attempts.map(\.publication.token)
            } else {
                for attempt in attempts { delay(attempt) }
            }
        case .channelClosed(_, let error): try reopen(connection, because: error)
        case .blocked(let why):
            blockedBecause = why
            hold("the broker takes no publications: \(why)")
        case .unblocked:
            blockedBecause = nil
            flight.restartClock(at: .monotonicNow)
            hold(nil)
        case .delivered, .returned, .consumerCancelled: break
        }
    }

    private mutating func delay(_ attempt: Attempt) {
        var again = attempt
        again.notBefore = .monotonicNow + again.backoff.next(using: &generator)
        delayed.append(again)
    }

    /// A publication closed the channel. Was it alone, it is the one; else each of them is sent by itself.
    /// For any other reason than a refusal (403, 404, 406) no publication is to blame, and all are sent again.
    private mutating func reopen(_ connection: Connection, because error: AMQPError) throws(AMQPError) {
        guard case .refused(let code, _) = error, [403, 404, 406].contains(code) else { throw error }
        let unconfirmed = flight.takeAll()
        if unconfirmed.count == 1, let culprit = unconfirmed.first {
            suspects = max(0, suspects - 1)
            report(.setAside(culprit.publication.token, error))
        } else {
            suspects = max(suspects, unconfirmed.count)
            requeue(unconfirmed)
        }
        try connection.openChannel(Self.channel)
        try connection.selectConfirms(on: Self.channel)
    }
}

/// A publication with its back-off.
struct Attempt {
    let publication: Publication
    var backoff = Backoff(first: Limits.nackBackoff, most: Limits.nackBackoffMost)
    var notBefore: Duration = .zero

    init(_ publication: Publication) { self.publication = publication }
}

/// What was sent on a channel and not confirmed, by the number the channel gave it.
struct Flight {
    /// The first entry's number; a channel counts from 1.
    private var first: UInt64 = 1
    private var entries: [Attempt?] = []
    private var sentAt: [Duration] = []
    /// Entries at the front that are gone; taken off together, when they are many.
    private var gone = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// When the oldest one without a confirm was sent.
    var oldest: Duration? { isEmpty ? nil : sentAt[gone] }

    mutating func add(_ attempt: Attempt, at now: Duration) {
        entries.append(attempt)
        sentAt.append(now)
        count += 1
    }

    /// Takes out what a confirm names.
    mutating func take(_ number: UInt64, multiple: Bool) -> [Attempt] {
        guard number >= first, number < first + UInt64(entries.count) else { return [] }
        let last = Int(number - first)
        guard last >= gone else { return [] }
        var taken: [Attempt] = []
        for index in (multiple ? gone : last)...last {
            guard let attempt = entries[index] else { continue }
            taken.append(attempt)
            entries[index] = nil
        }
        count -= taken.count
        while gone < entries.count, entries[gone] == nil { gone += 1 }
        if gone > 1024, gone * 2 > entries.count {
            entries.removeFirst(gone)
            sentAt.removeFirst(gone)
            first += UInt64(gone)
            gone = 0
        }
        return taken
    }

    /// Takes everything out, in order; the channel that comes next counts from 1 again.
    mutating func takeAll() -> [Attempt] {
        let all = entries.compactMap { $0 }
        self = Flight()
        return all
    }

    /// Counts the wait for confirms from now, after a time in which the broker took nothing.
    mutating func restartClock(at now: Duration) { sentAt = sentAt.map { _ in now } }
}
