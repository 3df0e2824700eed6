package import AMQP
package import Engine

/// Looks through queues of dead letters, one at a time, by a connection of its own.
///
/// A connection of its own, because what a pass is handed would stand between a worker and its deliveries, and because
/// to lose it gives everything back. It connects by itself when it is asked for something, backing off with jitter. All
/// calls come from one thread, and each may block as long as a connection's.
package final class LetterVisitor {
    private let options: ConnectionOptions
    private var connection: Connection?
    private var pass: QueuePass?
    /// What the pass handed over and was not told yet.
    private var untold: ArraySlice<Delivered> = []
    /// Why the pass that was begun came to nothing; told once.
    private var brokenOff: String?
    private var nextEndpoint = 0
    private var backoff = Backoff(first: .milliseconds(200), most: .seconds(15))
    private var retryAt: ContinuousClock.Instant = .now
    private var generator = SystemRandomNumberGenerator()

    private enum Channel {
        static let looking: UInt16 = 1
        static let pass: UInt16 = 2
    }

    /// Prepares; the first call that needs the broker connects.
    ///
    /// - Parameter options: where and how to connect; the name is given a suffix.
    package init(_ options: ConnectionOptions) {
        var options = options
        options.name = "\(options.name) (letters)"
        self.options = options
    }

    /// How many messages wait in each of these queues, in the same order, none where there is no such queue; `nil` where
    /// the broker cannot be asked now.
    package func depths(of queues: [String]) -> [Int]? {
        try? using { connection throws(AMQPError) in
            var depths: [Int] = []
            for queue in queues {
                do throws(AMQPError) {
                    depths.append(try connection.inspectQueue(queue, on: Channel.looking).messages)
                } catch .refused(let code, let why) {
                    try connection.openChannel(Channel.looking)
                    guard code == 404 else { throw .refused(code: code, why) }
                    depths.append(0)
                }
            }
            return depths
        }
    }

    /// Begins a pass over a queue.
    ///
    /// - Precondition: none is on.
    package func beginPass(over queue: String) {
        precondition(pass == nil, "a pass is begun while one is on")
        brokenOff = nil
        do throws(AMQPError) {
            pass = try using { connection throws(AMQPError) in
                try QueuePass(over: queue, on: connection, channel: Channel.pass)
            }
        } catch { brokenOff = error.description }
    }

    /// What the pass has to tell, waiting for it at most so long; at most `batch` letters. Serves the connection where
    /// no pass is on.
    package func visit(waitingAtMost wait: Duration, batch: Int) -> LetterVisit {
        if let why = brokenOff {
            brokenOff = nil
            return LetterVisit(end: .brokenOff(why))
        }
        guard let pass else {
            serve()
            return LetterVisit()
        }
        do throws(AMQPError) {
            if untold.isEmpty {
                untold = try using { _ throws(AMQPError) in try pass.messages(waitingAtMost: wait) }[...]
            }
        } catch {
            drop()
            return LetterVisit(end: .brokenOff(error.description))
        }
        let letters = untold.prefix(batch).map { Delivery($0) }
        untold = untold.dropFirst(batch)
        return LetterVisit(letters: letters, end: untold.isEmpty ? pass.end.map(LetterVisit.End.init) : nil)
    }

    /// Has letters taken off when the pass ends, by the tags of this pass.
    package func takeOff(_ tags: [UInt64]) { pass?.takeOff(tags) }

    /// Ends the pass: takes off what is to leave, and gives back the rest.
    package func endPass() {
        brokenOff = nil
        guard let pass else { return }
        try? using { _ throws(AMQPError) in try pass.giveBack() }
        drop()
    }

    /// Lets a connection that has nothing to do give its signs of life.
    private func serve() {
        guard connection != nil else { return }
        try? using { connection throws(AMQPError) in _ = try connection.events(waitingAtMost: .zero) }
    }

    private func drop() {
        pass = nil
        untold = []
    }

    /// Does something at the broker, and connects first where there is no connection.
    ///
    /// - Throws: what stood in the way. Of it, a refusal alone leaves the connection of use.
    private func using<Result>(_ body: (Connection) throws(AMQPError) -> Result) throws(AMQPError) -> Result {
        do throws(AMQPError) { return try body(try connected()) } catch {
            if case .refused = error { throw error }
            guard connection != nil else { throw error }
            connection = nil
            retryAt = .now + backoff.next(using: &generator)
            throw error
        }
    }

    private func connected() throws(AMQPError) -> Connection {
        if let connection { return connection }
        guard ContinuousClock.now >= retryAt else {
            throw .unanswered("the connection for dead letters is lost and will be tried again")
        }
        let endpoint = options.endpoints[nextEndpoint % options.endpoints.count]
        nextEndpoint += 1
        do throws(AMQPError) {
            let connection = try Connection.open(endpoint, options)
            try connection.openChannel(Channel.looking)
            self.connection = connection
            backoff.reset()
            return connection
        } catch {
            retryAt = .now + backoff.next(using: &generator)
            throw error
        }
    }
}

/// What a pass had to tell.
package struct LetterVisit {
    /// Letters, in the order they lie in.
    package var letters: [Delivery] = []
    /// How the pass ended; `nil` where more may come.
    package var end: End?

    /// How a pass ended.
    package enum End: Equatable, Sendable {
        /// Everything was seen that lay there when it began.
        case whole
        /// Something may not have been seen.
        case partial
        /// All that was handed over goes back; why.
        case brokenOff(String)

        init(_ end: QueuePass.End) {
            switch end {
            case .whole: self = .whole
            case .partial: self = .partial
            }
        }
    }
}
