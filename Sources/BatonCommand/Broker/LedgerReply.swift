internal import LedgerMessages
internal import StrictJSON
internal import Wire

/// What the ledger replied: for programs as it came, for people as a value.
struct LedgerReply<Value: Codable & Sendable>: Sendable {
    /// The reply as it came.
    let json: JSON
    /// The reply as a value, whose texts do nothing to a terminal.
    let value: Value
}

extension LedgerReply {
    /// Reads a reply's body.
    ///
    /// - Throws: `QuestionRefused` where the ledger does not answer, ``BrokerFault/unreadableReply(_:)``.
    init<Q: Question>(_ body: [UInt8], to question: Q.Type) throws where Q.Reply == Value {
        let envelope: Envelope
        do { envelope = try Envelope(parsing: body) } catch { throw BrokerFault.unreadableReply("\(error)") }
        if envelope.type == QuestionRefused.type {
            throw try Self.decode(QuestionRefused.self, from: envelope.data)
        }
        guard envelope.type == Q.replyType else {
            throw BrokerFault.unreadableReply("its type is \(envelope.type), not \(Q.replyType)")
        }
        self.init(json: envelope.data, value: try Self.decode(Value.self, from: envelope.data))
    }

    /// A newer ledger may say more than this program knows.
    private static func decode<T: Decodable>(_ type: T.Type, from data: JSON) throws(BrokerFault) -> T {
        do {
            return try StrictDecoder.decode(type, from: data.printable, path: ".data", unknownKeys: .ignored)
        } catch {
            throw .unreadableReply(error.sentence)
        }
    }
}

extension JSON {
    /// The same document with nothing in its texts that would steer a terminal, or turn what is read around.
    var printable: JSON {
        switch self {
        case .string(let text): .string(text.printable)
        case .array(let elements): .array(elements.map(\.printable))
        case .object(let object): .object(JSONObject(object.members.map { ($0.key, $0.value.printable) }))
        case .null, .bool, .integer, .real: self
        }
    }
}

extension String {
    /// The same text with control characters and marks of direction replaced.
    var printable: String {
        guard unicodeScalars.contains(where: \.steersTerminal) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { $0.steersTerminal ? "\u{FFFD}" : $0 }))
    }
}

extension Unicode.Scalar {
    fileprivate var steersTerminal: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        // Embeddings, overrides and isolates of writing direction.
        case .format: (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
        default: false
        }
    }
}
