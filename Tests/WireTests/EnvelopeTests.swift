import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("An envelope is read strictly and written canonically")
struct EnvelopeTests {
    private static var whole: Envelope {
        var envelope = Envelope(
            id: "m-1", source: "/workers/cancellation", type: "cancellation.take-cancellation.v1",
            subject: "saas-to-local/firm-4711", time: "2026-03-03T10:00:00.123Z", correlationID: "h-1",
            causationID: "form-1", traceParent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            data: ["firm": "Weber & Söhne", "count": 3, "list": [1, 2.5, .null]])
        envelope.replyTo = "answer.cs-specialists.cancellation"
        envelope.answerType = "cancellation.take-cancellation-answer.v1"
        envelope.due = "2026-03-04T10:00:00Z"
        return envelope
    }

    private static let least: JSONObject = [
        "specversion": "1.0", "id": "1", "source": "/script", "type": "cancellation.cancellation-form.v1",
        "data": [:],
    ]

    private func read(_ bent: [String: JSON?]) throws(EnvelopeFault) -> Envelope {
        var members = Self.least
        for (name, value) in bent { members[name] = value }
        return try Envelope(parsing: JSON.object(members).serialized())
    }

    @Test("What is written is read back whole")
    func roundTrip() throws {
        #expect(try Envelope(parsing: Self.whole.serialized()) == Self.whole)
        let least = Envelope(id: "1", source: "/s", type: "a.b.v1", data: .null)
        #expect(try Envelope(parsing: least.serialized()) == least)
    }

    @Test("It is a CloudEvent in canonical JSON, byte for byte")
    func bytes() {
        let envelope = Envelope(
            id: "1", source: "/s", type: "a.b.v1", subject: "p/c", time: "2026-03-03T10:00:00Z",
            data: ["b": 1])
        #expect(
            String(decoding: envelope.serialized(), as: UTF8.self)
                == #"{"data":{"b":1},"datacontenttype":"application/json","id":"1","source":"/s","#
                + #""specversion":"1.0","subject":"p/c","time":"2026-03-03T10:00:00Z","type":"a.b.v1"}"#)
    }

    @Test("The least a script must write is enough")
    func least() throws {
        let envelope = try read([:])
        #expect(envelope.id == "1")
        #expect(envelope.subject == nil)
        #expect(envelope.unknownAttributes.isEmpty)
    }

    @Test("Attributes nobody knows are kept by name, for whoever minds")
    func unknownAttributes() throws {
        #expect(try read(["subjct": "p/c", "mood": 1]).unknownAttributes.sorted() == ["mood", "subjct"])
    }

    @Test(
        "A fault names attribute, value and what was expected",
        arguments: [
            ("source", nil, "source is missing"),
            ("source", "", "source must be text that is not empty, not \"\""),
            ("source", 7, "source must be text that is not empty, not 7"),
            ("specversion", nil, "specversion is missing"),
            ("specversion", 1.0, "specversion must be \"1.0\", not 1.0"),
            ("type", "cancel", "type must be <owner>.<name>.v<version>, not \"cancel\""),
            ("subject", "c", "subject must be <process>/<id>, not \"c\""),
            ("time", "yesterday", "time must be an RFC 3339 time, not \"yesterday\""),
            ("correlationid", "", "correlationid must be 1 to 128 visible ASCII characters, not \"\""),
            ("due", 5, "due must be an RFC 3339 time, not 5"),
            ("data", nil, "data is missing"),
        ] as [(String, JSON?, String)])
    func faults(attribute: String, value: JSON?, sentence: String) {
        let fault = #expect(throws: EnvelopeFault.self) { try read([attribute: value]) }
        #expect(fault?.description == sentence)
        #expect(fault?.id == "1")
    }

    @Test("A fault in the id itself has none: nobody can be told under which")
    func faultInTheID() {
        let fault = #expect(throws: EnvelopeFault.self) { try read(["id": .integer(7), "source": nil]) }
        #expect(fault?.id == nil)
    }

    @Test("Of a long value a fault repeats the beginning alone")
    func longValue() throws {
        let fault = #expect(throws: EnvelopeFault.self) {
            try read(["time": .string(String(repeating: "x", count: 5_000))])
        }
        #expect(try #require(fault).description.count < 150)
    }

    @Test("A correlationid fits into the property that repeats it")
    func longCorrelation() {
        #expect(throws: EnvelopeFault.self) {
            try read(["correlationid": .string(String(repeating: "h", count: 256))])
        }
    }
}
