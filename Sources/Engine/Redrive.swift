public import StrictJSON
public import Vocabulary
public import Wire

/// A dead letter as it goes back to its worker: what it holds or names, where that came from, and for the
/// how-manieth time; nothing of why it was set aside.
public struct Redrive: Equatable, Sendable {
    /// The worker that takes it.
    public let worker: WorkerName
    /// What the body repeats, and the headers that the worker reads.
    public let properties: MessageProperties
    /// The body, as it was or as it was edited.
    public let body: [UInt8]

    /// What a letter's way back needs of its headers; the others say why it was set aside, and stay behind.
    private static let kept: Set<Header> = [
        .exchange, .routingKey, .sender, .caseID, .handoff, .row, .first, .attempts,
    ]

    /// Prepares a letter for its way back.
    ///
    /// - Parameters:
    ///   - properties: the letter's own, headers included.
    ///   - body: the letter's own, whole.
    ///   - worker: the one that takes it.
    ///   - number: counts the redrives of what it holds or names, from 1; under each one it is taken once.
    ///   - exchange: what it came by, where its headers do not say so.
    ///   - routingKey: the key it came with, likewise.
    ///   - sender: who sent it, likewise.
    public init(
        _ properties: MessageProperties, _ body: [UInt8], to worker: WorkerName, number: Int,
        exchange: String? = nil, routingKey: String? = nil, sender: Sender? = nil
    ) {
        var sentBack = properties
        sentBack.headers = properties.headers.filter { Self.kept.contains($0.key) }
        sentBack.headers[.redrive] = String(number)
        let address = [
            Header.exchange: exchange, .routingKey: routingKey, .sender: sender?.rawValue,
        ].compactMapValues { $0 }
        sentBack.headers.merge(address) { own, _ in own }
        self.init(worker: worker, properties: sentBack, body: body)
    }

    private init(worker: WorkerName, properties: MessageProperties, body: [UInt8]) {
        self.worker = worker
        self.properties = properties
        self.body = body
    }

    /// The same letter, holding what an operator wrote in its place: from then on the operator is its author.
    ///
    /// - Parameters:
    ///   - message: the whole CloudEvent; it goes as it was written, down to what no worker knows.
    ///   - editor: the operator.
    /// - Throws: ``EnvelopeFault`` where it is no CloudEvent of Baton's.
    public func edited(as message: JSON, by editor: UserName) throws(EnvelopeFault) -> Redrive {
        let body = message.serialized()
        var edited = try Envelope(parsing: body).properties
        // Case and handoff stand in what was written.
        edited.headers = properties.headers.filter { $0.key != .caseID && $0.key != .handoff }
        edited.headers[.sender] = Sender.user(editor).rawValue
        return Redrive(worker: worker, properties: edited, body: body)
    }

    /// The message that has its worker take it.
    public var message: Outgoing {
        Outgoing(
            exchange: .redrive, routingKey: worker.rawValue, properties: properties, body: body)
    }

    /// The message that has its worker say what it would do with it, by a ``TurnTrial`` for this question.
    public func trial(for question: String) -> Outgoing {
        var asked = properties
        asked.headers[.trial] = question
        return Outgoing(exchange: .redrive, routingKey: worker.rawValue, properties: asked, body: body)
    }
}
