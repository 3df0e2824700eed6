import StrictJSON
import Vocabulary
import Wire

/// Bodies of messages: an envelope is written so that it is read back the same, and says the same.
struct EnvelopeSubject: Subject {
    private let examples: [JSON]

    init(scratch: String) throws {
        var asked = Envelope(
            id: "question-1", source: "/workers/cancellation", type: "cancellation.take-cancellation.v1",
            subject: "saas-to-local/firm-4711", time: "2026-11-21T03:50:06.123Z",
            correlationID: "5f0c2a7d19e4b386",
            causationID: "form-1", traceParent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            data: ["title": "Take it", "lines": ["a", "b"]])
        asked.replyTo = "answer.cs-specialists.cancellation"
        asked.answerType = "cancellation.take-cancellation-answer.v1"
        asked.due = "2026-11-22T03:50:06Z"
        let envelopes = try Examples.approved().map {
            Envelope(
                id: "a-1", source: "/test", type: "cancellation.form.v1", subject: "saas-to-local/a", data: $0
            )
        }
        examples = try ([asked] + envelopes).map { try JSON(parsing: $0.serialized()) }
    }

    func draw(_ mutator: inout Mutator) -> [UInt8] { mutator.document(from: examples) }

    func take(_ input: [UInt8]) throws -> Bool {
        let envelope: Envelope
        do { envelope = try Envelope(parsing: input) } catch {
            _ = error.description
            return false
        }
        let written = envelope.serialized()
        // The attributes that are always written may make it longer than is taken.
        guard written.count <= JSON.maxBytes else { return true }
        guard let again = try? Envelope(parsing: written) else {
            throw BrokenPromise("what is written cannot be read")
        }
        guard again.serialized() == written else { throw BrokenPromise("it is written in two ways") }
        guard again.contentDigest == envelope.contentDigest else {
            throw BrokenPromise("what is written has another digest")
        }
        guard envelope.contradiction(in: envelope.properties) == nil else {
            throw BrokenPromise("its own properties contradict it")
        }
        return true
    }
}
