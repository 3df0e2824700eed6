import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("Properties repeat the body, and may not contradict it")
struct PropertiesTests {
    private let envelope = Envelope(
        id: "m-1", source: "/s", type: "a.b.v1", time: "2026-03-03T10:00:00.999Z", correlationID: "h-1",
        data: [:])

    @Test("They say what the body says; the time to the second")
    func properties() {
        var asked = envelope
        asked.replyTo = "answer.team.worker"
        #expect(
            asked.properties
                == MessageProperties(
                    messageID: "m-1", type: "a.b.v1", correlationID: "h-1", replyTo: "answer.team.worker",
                    timestampSeconds: 1_772_532_000, appID: "baton"))
    }

    @Test("A message agrees with its own properties, and with none at all")
    func agreement() {
        #expect(envelope.contradiction(in: envelope.properties) == nil)
        #expect(envelope.contradiction(in: MessageProperties()) == nil)
    }

    @Test(
        "The first that differs is told with both values",
        arguments: [
            (
                MessageProperties(messageID: "m-2"),
                "the property message-id is \"m-2\", but id in the body is \"m-1\""
            ),
            (
                MessageProperties(type: "a.b.v2"),
                "the property type is \"a.b.v2\", but type in the body is \"a.b.v1\""
            ),
            (
                MessageProperties(correlationID: "h-2"),
                "the property correlation-id is \"h-2\", but correlationid in the body is \"h-1\""
            ),
            (
                MessageProperties(timestampSeconds: 1_772_532_001),
                "the property timestamp is \"1772532001\", but time in the body is \"1772532000\""
            ),
        ])
    func contradictions(properties: MessageProperties, sentence: String) {
        #expect(envelope.contradiction(in: properties) == sentence)
    }

    @Test("A property of what the body leaves out is a contradiction, too")
    func missing() {
        let bare = Envelope(id: "m-1", source: "/s", type: "a.b.v1", data: [:])
        #expect(
            bare.contradiction(in: MessageProperties(correlationID: "h-1"))
                == "the property correlation-id is \"h-1\", but correlationid in the body is missing")
    }
}
