internal import StrictJSON
internal import Vocabulary
internal import Wire

/// What a person wrote: the data alone, or the whole CloudEvent.
struct MessageDraft {
    /// The type of the message.
    let type: MessageType
    /// What it says.
    let data: JSON
    private let written: Envelope?

    /// The id that the envelope has.
    var namedID: MessageID? { written?.id }
    /// The case that the envelope names.
    var subject: CaseID? { written?.subject }
    /// The handoff that the envelope names.
    var correlationID: String? { written?.correlationID }

    /// Takes a document; one with `specversion` is an envelope.
    ///
    /// - Parameters:
    ///   - type: the type it has where it does not say one.
    ///   - isTypeSure: whether an envelope of another type is a mistake.
    init(_ document: JSON, type: MessageType, isTypeSure: Bool) throws(DocumentFault) {
        guard case .object = document else { throw .notAnObject }
        guard document[Attribute.specversion.rawValue] != nil else {
            (self.type, data, written) = (type, document, nil)
            return
        }
        let envelope: Envelope
        do { envelope = try Envelope(parsing: document.serialized()) } catch {
            throw .envelope(error.description)
        }
        guard !isTypeSure || envelope.type == type else {
            throw .envelope("its type is \(envelope.type), not \(type)")
        }
        (self.type, data, written) = (envelope.type, envelope.data, envelope)
    }

    /// The id: the one asked for, which must be the envelope's where that has one, or else a new one.
    func id(_ wanted: MessageID?) throws(DocumentFault) -> MessageID {
        guard let written else { return wanted ?? .random() }
        guard wanted == nil || wanted == written.id else {
            throw .envelope("its id is \(written.id), but --id says \(wanted?.rawValue ?? "")")
        }
        return written.id
    }

    /// The message to send.
    func envelope(
        id: MessageID, subject: CaseID?, correlationID: String? = nil, data: JSON, by user: UserName
    ) -> Envelope {
        var envelope =
            written ?? Envelope(id: id, source: "/baton/\(user)", type: type, time: .now, data: data)
        envelope.subject = subject
        envelope.correlationID = correlationID
        envelope.data = data
        return envelope
    }
}
