import Cancellation
import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("What cannot be read is a dead letter that says why and finds its way back")
struct UnreadableTests {
    let bench: EngineBench<Cancellation>

    init() throws { bench = try .begun(Cancellation.self) }

    private static let key = "start.saas-to-local.intake"

    /// Dead with exactly this sentence; the letter holds the body and knows the way back.
    private func expectLetter(
        _ post: Post, _ kind: Trouble.Kind, _ sentence: String, sender: String? = "user:intake",
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let verdict = bench.judge(
            post, between: .form("before", case: "before"), and: .form("after", case: "after"))
        #expect(verdict.outcome == "dead", sourceLocation: sourceLocation)
        #expect(verdict.kind == kind, sourceLocation: sourceLocation)
        #expect(verdict.why == sentence, sourceLocation: sourceLocation)
        #expect(verdict.refusal == nil, sourceLocation: sourceLocation)
        #expect(verdict.effects.isEmpty, sourceLocation: sourceLocation)
        #expect(verdict.neighbours == ["applied", "applied"], sourceLocation: sourceLocation)
        let letter = verdict.letter?.message
        #expect(letter?.exchange == "baton.dead", sourceLocation: sourceLocation)
        #expect(letter?.routingKey == "cancellation", sourceLocation: sourceLocation)
        let headers = letter?.properties.headers ?? [:]
        #expect(headers[.reason] == kind.rawValue, sourceLocation: sourceLocation)
        #expect(headers[.exchange] == post.exchange, sourceLocation: sourceLocation)
        #expect(headers[.routingKey] == post.routingKey, sourceLocation: sourceLocation)
        #expect(headers[.sender] == sender, sourceLocation: sourceLocation)
        #expect(headers[.at] == "2026-03-03T10:00:00Z", sourceLocation: sourceLocation)
        #expect(headers[.redrive] == "1", sourceLocation: sourceLocation)
    }

    @Test("Text that is no JSON is told line and column")
    func notJSON() {
        let post = Post(key: Self.key, body: Array("please cancel".utf8))
        expectLetter(
            post, .unreadable,
            "the body cannot be read: line 1, column 6: not JSON: invalid token near 'please'")
    }

    @Test("An empty body is told to be empty")
    func empty() {
        expectLetter(
            Post(key: Self.key, body: []), .unreadable,
            "the body cannot be read: line 1, column 1: not JSON: the document is empty")
    }

    @Test("A hundred thousand nested brackets are counted, not followed")
    func deepNesting() {
        let post = Post(key: Self.key, body: Array(repeating: UInt8(ascii: "["), count: 100_000))
        expectLetter(
            post, .unreadable, "the body cannot be read: line 1, column 65: nested deeper than 64 levels")
    }

    @Test("A key that stands twice is named")
    func duplicateKeys() {
        let post = Post(key: Self.key, body: Array(#"{"id": "1", "id": "2"}"#.utf8))
        expectLetter(
            post, .unreadable,
            #"the body cannot be read: line 1, column 16: the key "id" stands twice in one object"#)
    }

    @Test("A list is no message")
    func notAnObject() {
        expectLetter(
            Post(key: Self.key, body: Array("[]".utf8)), .unreadable,
            "the body must be a JSON object with the attributes of a CloudEvent")
    }

    @Test("A message without an id is told so: nothing could recognise it")
    func noID() throws {
        expectLetter(try .form("f", case: "c").with(["id": nil]), .unreadable, "id is missing")
    }

    @Test("An id with spaces is told what an id must be")
    func badID() throws {
        expectLetter(
            try .form("f", case: "c").with(["id": "form of Weber"]), .unreadable,
            "id must be 1 to 128 printable ASCII characters without spaces, not \"form of Weber\"")
    }

    @Test("A letter keeps a body that can be kept, whole")
    func bodyIsKept() {
        let body = Array("please cancel".utf8)
        let letter = bench.deliver(Post(key: Self.key, body: body)).sent.letters.first?.message
        #expect(letter?.body == body)
        #expect(letter?.properties.headers[.size] == nil)
    }

    @Test("Of a mebibyte of noise a letter keeps digest, size and the first kibibyte")
    func tooLarge() {
        let noise = (0..<1_048_576).map { UInt8(truncatingIfNeeded: $0 &* 197 &+ $0 >> 8) }
        let post = Post(key: Self.key, body: noise)
        expectLetter(post, .tooLarge, "the body has 1048576 bytes; a message has at most 262144")
        let letter = bench.deliver(post).sent.letters.first?.message
        #expect(letter?.body == Array(noise.prefix(1_024)))
        #expect(letter?.properties.headers[.size] == "1048576")
        #expect(letter?.properties.headers[.digest]?.count == 64)
    }

    @Test("A message of the largest size is taken")
    func largest() throws {
        var post = Post.form("f", case: "c")
        post.body += Array(repeating: UInt8(ascii: " "), count: 262_144 - post.body.count)
        #expect(bench.deliver(post).outcomes == ["applied"])
    }

    @Test("A key that is none of Baton's is told what to use instead")
    func unknownKey() {
        var post = Post.form("f", case: "c")
        post.routingKey = "begin.saas-to-local.intake"
        expectLetter(
            post, .misrouted,
            "no message of Baton's comes by exchange \"baton.commands\" with key "
                + "\"begin.saas-to-local.intake\"; publish to baton.commands with key start.<process>.<user> "
                + "or answer.<team>.<worker>, or redrive the letter it was",
            sender: nil)
    }

    @Test("A delivery by the default exchange without stamps is a dead letter")
    func defaultExchange() {
        var post = Post.form("f", case: "c")
        (post.exchange, post.routingKey) = ("", "baton.cancellation")
        expectLetter(
            post, .misrouted,
            "no message of Baton's comes by exchange \"\" with key \"baton.cancellation\"; "
                + "publish to baton.commands with key start.<process>.<user> or answer.<team>.<worker>, "
                + "or redrive the letter it was",
            sender: nil)
    }

    @Test("A form for a process that this worker does not start is refused")
    func otherProcess() throws {
        var post = Post.form("f", case: nil)
        post.routingKey = "start.voip-order.intake"
        let said = bench.deliver(post)
        #expect(said.outcomes == ["refused"])
        #expect(said.sent.refusals.first?.why == "cancellation starts no case of voip-order")
    }

    @Test("A dead message that comes again is a duplicate, not a second letter")
    func deadAgain() {
        let post = Post(
            exchange: .events, key: "ordering.order-placed",
            .envelope(id: "e", type: "billing.order-placed.v1", subject: "saas-to-local/c", data: [:]))
        #expect(bench.deliver(post).outcomes == ["dead"])
        let again = bench.deliver(post.returned())
        #expect(again.outcomes == ["duplicate"])
        #expect(again.sent.isEmpty)
    }
}
