public import StrictJSON
public import Vocabulary

/// A CloudEvents 1.0 structured event: the one JSON document that every message is.
public struct Envelope: Equatable, Sendable {
    /// The content type of every message Baton sends.
    public static let contentType = "application/cloudevents+json"

    /// Unique for its sender; what makes a repetition recognisable.
    public var id: MessageID
    /// Who says so, as a URI reference; for people to read, the broker proves the sender.
    public var source: String
    /// What it is.
    public var type: MessageType
    /// The case, as `<process>/<id>`.
    public var subject: CaseID?
    /// When it was said.
    public var time: Timestamp?
    /// The handoff that an answer answers, or that a question asks.
    public var correlationID: String?
    /// The id of the message that this one follows from.
    public var causationID: String?
    /// The W3C trace context, handed on untouched.
    public var traceParent: String?
    /// The routing key on ``Exchange/commands`` to answer on, in a handoff.
    public var replyTo: String?
    /// The type that an answer must have, in a handoff.
    public var answerType: MessageType?
    /// When the answer is due, in a handoff.
    public var due: Timestamp?
    /// What it says.
    public var data: JSON
    /// Attributes that are neither CloudEvents' nor Baton's, in the order they stood.
    public private(set) var unknownAttributes: [String] = []

    /// Puts a message together.
    public init(
        id: MessageID, source: String, type: MessageType, subject: CaseID? = nil, time: Timestamp? = nil,
        correlationID: String? = nil, causationID: String? = nil, traceParent: String? = nil, data: JSON
    ) {
        self.id = id
        self.source = source
        self.type = type
        self.subject = subject
        self.time = time
        self.correlationID = correlationID
        self.causationID = causationID
        self.traceParent = traceParent
        self.data = data
    }
}

/// Why a body is not an envelope.
public struct EnvelopeFault: Error, Equatable, CustomStringConvertible {
    /// The id, where at least that could be read; then the sender can be told.
    public let id: MessageID?
    /// What is wrong, in one sentence.
    public let description: String
}

/// The attributes by their names on the wire.
public enum Attribute: String, CaseIterable, Sendable {
    case specversion, id, source, type, subject, time, datacontenttype, dataschema, data
    case correlationid, causationid, traceparent, tracestate, replyto, answertype, due

    /// All of them, for telling what is none.
    fileprivate static let names = Set(allCases.map(\.rawValue))
}

// MARK: - Reading

extension Envelope {
    /// Reads a message's body.
    ///
    /// Required are `specversion` ("1.0"), `id`, `source`, `type` and `data`.
    /// - Throws: ``EnvelopeFault`` with a sentence that names attribute, value and what was expected.
    public init(parsing body: [UInt8]) throws(EnvelopeFault) {
        let json: JSON
        do { json = try JSON(parsing: body) } catch {
            throw EnvelopeFault(id: nil, description: "the body cannot be read: \(error)")
        }
        guard case .object(let members) = json else {
            throw EnvelopeFault(
                id: nil, description: "the body must be a JSON object with the attributes of a CloudEvent")
        }
        try self.init(reading: members)
    }

    private init(reading members: JSONObject) throws(EnvelopeFault) {
        var attributes = Attributes(members: members)
        id = try attributes.required(.id, mustBe: "1 to 128 printable ASCII characters without spaces") {
            MessageID(rawValue: $0)
        }
        attributes.id = id
        _ = try attributes.required(.specversion, mustBe: #""1.0""#) { $0 == "1.0" ? $0 : nil }
        source = try attributes.required(.source) { $0.isEmpty ? nil : $0 }
        type = try attributes.required(.type, mustBe: "<owner>.<name>.v<version>") {
            MessageType(rawValue: $0)
        }
        subject = try attributes.optional(.subject, mustBe: "<process>/<id>") { CaseID(rawValue: $0) }
        time = try attributes.optional(.time, mustBe: "an RFC 3339 time") { Timestamp(rawValue: $0) }
        let token = "1 to 128 visible ASCII characters"
        correlationID = try attributes.optional(.correlationid, mustBe: token) {
            MessageID(rawValue: $0)?.rawValue
        }
        causationID = try attributes.optional(.causationid, mustBe: token) {
            MessageID(rawValue: $0)?.rawValue
        }
        traceParent = try attributes.optional(.traceparent, mustBe: token) {
            MessageID(rawValue: $0)?.rawValue
        }
        replyTo = try attributes.optional(.replyto) { $0 }
        answerType = try attributes.optional(.answertype, mustBe: "<owner>.<name>.v<version>") {
            MessageType(rawValue: $0)
        }
        due = try attributes.optional(.due, mustBe: "an RFC 3339 time") { Timestamp(rawValue: $0) }
        guard let data = members[Attribute.data.rawValue] else { throw attributes.fault("data is missing") }
        self.data = data
        unknownAttributes = members.members.compactMap {
            Attribute.names.contains($0.key) ? nil : $0.key
        }
    }
}

/// Reads attributes of one envelope; each fault carries the id once it is known.
private struct Attributes {
    let members: JSONObject
    var id: MessageID?

    func fault(_ sentence: String) -> EnvelopeFault { EnvelopeFault(id: id, description: sentence) }

    /// The beginning of a value, enough to recognise it by.
    private static func excerpt(of json: JSON) -> String {
        let text = json.text
        return text.count <= 60 ? text : "\(text.prefix(60))…"
    }

    func optional<Value>(
        _ attribute: Attribute, mustBe expected: String = "text", _ read: (String) -> Value?
    ) throws(EnvelopeFault) -> Value? {
        guard let json = members[attribute.rawValue] else { return nil }
        guard let text = json.stringValue, let value = read(text) else {
            throw fault("\(attribute) must be \(expected), not \(Self.excerpt(of: json))")
        }
        return value
    }

    func required<Value>(
        _ attribute: Attribute, mustBe expected: String = "text that is not empty", _ read: (String) -> Value?
    ) throws(EnvelopeFault) -> Value {
        guard let value = try optional(attribute, mustBe: expected, read) else {
            let others = members.keys.filter { Attribute(rawValue: $0) == nil }
            let typed = Spelling.didYouMean(attribute.rawValue, among: others)
            throw fault(
                "\(attribute) is missing" + (typed.map { "; did you mean it by \"\($0.prefix(60))\"?" } ?? "")
            )
        }
        return value
    }
}

// MARK: - Writing

extension Envelope {
    /// The body as it goes on the wire: canonical JSON.
    public func serialized() -> [UInt8] { serialized { $0.put(data) } }

    /// The body as it goes on the wire, with canonical JSON that was written already in the place of ``data``.
    public func serialized(saying written: [UInt8]) -> [UInt8] { serialized { $0.put(written: written) } }

    private func serialized(_ writeData: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("answertype", answerType?.rawValue)
            writer.member("causationid", causationID)
            writer.member("correlationid", correlationID)
            writer.name("data")
            writeData(&writer)
            writer.member("datacontenttype", "application/json")
            writer.member("due", due?.rawValue)
            writer.member("id", id.rawValue)
            writer.member("replyto", replyTo)
            writer.member("source", source)
            writer.member("specversion", "1.0")
            writer.member("subject", subject?.rawValue)
            writer.member("time", time?.rawValue)
            writer.member("traceparent", traceParent)
            writer.member("type", type.rawValue)
        }
        return writer.bytes
    }

    /// The AMQP properties that repeat the body.
    public var properties: MessageProperties {
        MessageProperties(
            messageID: id.description, type: type.description, correlationID: correlationID, replyTo: replyTo,
            timestampSeconds: time.map { $0.milliseconds / 1000 }, appID: "baton")
    }

    /// The first property that says other than the body; `nil` where all agree or are not set.
    public func contradiction(in properties: MessageProperties) -> String? {
        func differs(_ name: String, _ property: String?, _ attribute: Attribute, _ value: String?) -> String?
        {
            guard let property, property != value else { return nil }
            return "the property \(name) is \"\(property)\", but \(attribute) in the body is "
                + (value.map { "\"\($0)\"" } ?? "missing")
        }
        let seconds = time.map { String($0.milliseconds / 1000) }
        return differs("message-id", properties.messageID, .id, id.description)
            ?? differs("type", properties.type, .type, type.description)
            ?? differs("correlation-id", properties.correlationID, .correlationid, correlationID)
            ?? differs("timestamp", properties.timestampSeconds.map(String.init), .time, seconds)
    }
}
