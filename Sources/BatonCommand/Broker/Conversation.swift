internal import AMQP
internal import Foundation
internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// A connection to the broker, on which the ledger is asked and messages are sent.
///
/// It belongs to the thread that made it, as its connection does; see ``BrokerSettings/converse(_:)``.
final class Conversation {
    /// How it was connected.
    let settings: BrokerSettings
    private let connection: Connection
    private var openChannels: Set<UInt16> = []

    /// Where it leads.
    var endpoint: Endpoint { connection.endpoint }

    /// Connects to the first host that answers.
    init(_ settings: BrokerSettings) throws {
        self.settings = settings
        connection = try Self.connect(settings)
    }

    private static func connect(_ settings: BrokerSettings) throws -> Connection {
        var options = ConnectionOptions(
            endpoints: settings.endpoints, credentials: settings.credentials,
            name: "baton of \(settings.user)",
            authorityFile: settings.authorityFile)
        options.callTimeout = Limits.confirmPatience
        var failures: [AMQPError] = []
        for endpoint in settings.endpoints {
            do throws(AMQPError) {
                return try Connection.open(endpoint, options)
            } catch {
                // What one host of a cluster says of a login, all say.
                guard error.exitStatus == .unreachable else { throw error }
                failures.append(error)
            }
        }
        throw BrokerFault.allUnreachable(failures)
    }

    /// Says good-bye.
    func close() { connection.close() }

    // MARK: Asking

    /// Asks the ledger, in the first role that the broker lets pass.
    ///
    /// - Parameters:
    ///   - natural: the role to try first, unless the settings say another.
    ///   - extra: how much longer than usual the ledger may take, in seconds.
    func ask<Q: Question>(
        _ question: Q, naturallyAs natural: AskingRole, extraSeconds extra: Int = 0
    ) throws -> LedgerReply<Q.Reply> {
        let roles = settings.roles(naturally: natural)
        for role in roles {
            if let reply = try ask(question, as: role, extraSeconds: extra) { return reply }
        }
        throw BrokerFault.mayNotAsk(user: settings.user, roles: roles)
    }

    /// Asks the ledger in one role; `nil` where the broker does not let the user.
    func ask<Q: Question>(
        _ question: Q, as role: AskingRole, extraSeconds extra: Int = 0
    ) throws -> LedgerReply<Q.Reply>? {
        let seconds = settings.replySeconds + extra
        let envelope = Envelope(
            id: .random(), source: "/baton/\(settings.user)", type: Q.type, time: .now,
            data: try JSON(encoding: question))
        var properties = Properties(of: envelope)
        properties.isPersistent = false
        properties.correlationID = envelope.id.rawValue
        let publication = Publication(
            token: 0, exchange: Exchange.questions.rawValue,
            routingKey: RoutingKey.question(as: role, by: settings.user.rawValue), properties: properties,
            body: envelope.serialized())
        do {
            let delivered = try onChannel(Channel.asking) {
                try connection.ask(publication, on: Channel.asking, within: .seconds(seconds))
            }
            return try LedgerReply(delivered.body, to: Q.self)
        } catch AMQPError.refused(code: 403, _) {
            return nil
        } catch AMQPError.unanswered {
            throw BrokerFault.ledgerSilent(endpoint, seconds: seconds)
        }
    }

    // MARK: Sending

    /// Sends what a person says, and returns when the broker has it.
    ///
    /// - Parameters:
    ///   - what: what it is, after "the broker does not let <user>".
    ///   - remedy: what to do about that.
    func send(_ envelope: Envelope, key: String, what: String, remedy: String) throws {
        let publication = Publication(
            token: 0, exchange: Exchange.commands.rawValue, routingKey: key,
            properties: Properties(of: envelope), body: envelope.serialized())
        do {
            try onChannel(Channel.sending) {
                try connection.publish(
                    publication, on: Channel.sending, confirmedWithin: Limits.confirmPatience)
            }
        } catch AMQPError.refused(code: 403, _) {
            throw BrokerFault.mayNotSend(user: settings.user, what: what, remedy: remedy)
        }
    }

    // MARK: Looking

    /// Whether there is such an exchange.
    func hasExchange(_ exchange: Exchange) throws -> Bool {
        try exists { try connection.inspectExchange(exchange.rawValue, on: Channel.looking) }
    }

    /// Whether there is such a queue.
    func hasQueue(_ queue: String) throws -> Bool {
        try exists { _ = try connection.inspectQueue(queue, on: Channel.looking) }
    }

    /// Looks at everything that lies in a queue, and gives it back to its place.
    ///
    /// - Returns: whether that was everything.
    func look(through queue: String, _ see: (Delivered) -> Void) throws(AMQPError) -> QueuePass.End {
        let pass = try QueuePass(over: queue, on: connection, channel: Channel.passing)
        while pass.end == nil {
            for message in try pass.messages(waitingAtMost: Limits.passPatience) { see(message) }
        }
        try pass.giveBack()
        return pass.end ?? .partial
    }

    private func exists(_ look: () throws -> Void) throws -> Bool {
        do {
            try onChannel(Channel.looking, look)
            return true
        } catch AMQPError.refused(code: 404, _) {
            return false
        }
    }

    // MARK: Channels

    private enum Channel {
        static let asking: UInt16 = 1
        static let sending: UInt16 = 2
        static let looking: UInt16 = 3
        static let passing: UInt16 = 4
    }

    /// Opens the channel where it is not; the broker closes one over what it refuses.
    private func onChannel<Result>(_ channel: UInt16, _ body: () throws -> Result) throws -> Result {
        if openChannels.insert(channel).inserted { try connection.openChannel(channel) }
        do {
            return try body()
        } catch let error as AMQPError {
            if case .refused = error { openChannels.remove(channel) }
            throw error
        }
    }
}

extension Properties {
    /// The properties that repeat an envelope's attributes.
    fileprivate init(of envelope: Envelope) {
        let repeated = envelope.properties
        self.init()
        contentType = Envelope.contentType
        messageID = repeated.messageID
        type = repeated.type
        correlationID = repeated.correlationID
        timestampSeconds = repeated.timestampSeconds
        appID = repeated.appID
    }
}

extension MessageID {
    /// An id that nobody else makes.
    static func random() -> MessageID {
        var generator = SystemRandomNumberGenerator()
        let digits = (0..<Limits.idBytes).map { _ in
            let byte = UInt8.random(in: .min ... .max, using: &generator)
            return (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return MessageID(stringLiteral: digits.joined())
    }
}

extension Timestamp {
    /// This machine's time.
    static var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
