import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("After an unclean end suspects are taken one at a time")
struct CautionTests {
    let bench: EngineBench<Scripted>

    /// A worker whose predecessor did not end in good order.
    init() throws {
        bench = try .begun(Scripted.self)
        try bench.restart()
    }

    /// The process dies while it tries this message.
    private func crash(on post: Post) throws {
        bench.failCommits(with: .unavailable("it dies here"), where: \.isVerdict)
        bench.deliver(post)
        bench.mendStore()
        try bench.restart()
        bench.begin()
    }

    @Test("It begins with a prefetch of one, and says so")
    func prefetchOfOne() {
        #expect(bench.handle(.tick) == [.report(.cautious), .consume(prefetch: 1)])
    }

    @Test("After an end in good order it begins as always")
    func goodOrder() throws {
        bench.begin()
        bench.handle(.stop)
        try bench.engine.end()
        try bench.restart()
        #expect(bench.handle(.tick) == [.consume(prefetch: 300)])
    }

    @Test("A suspect is noted before it is tried, and the note goes with its verdict")
    func noted() throws {
        bench.begin()
        let count = bench.commits.count
        let said = bench.deliver(try Post.begin("1", .say("one")).returned())
        #expect(said.outcomes == ["applied"])
        let commits = Array(bench.commits.dropFirst(count))
        try #require(commits.count == 2)
        #expect(commits[0] == [.suspect("user:intake/1/0", times: 1)])
        #expect(commits[1].contains(.suspectGone("user:intake/1/0")))
    }

    @Test("One that takes the worker down is dead at its third note, untried")
    func thirdNote() throws {
        bench.begin()
        let post = try Post.begin("1", .say("one")).returned()
        try crash(on: post)
        try crash(on: post)
        let said = bench.deliver(post)
        #expect(said.outcomes == ["dead"])
        #expect(said.sent.letters.map(\.reason) == ["crash-loop"])
        #expect(
            said.sent.letters.map(\.why) == [
                "it took scripted down at least 3 times; find out why before it is redriven"
            ])
        #expect(said.sent.letters.map { $0.message.properties.headers[.attempts] } == ["3"])
        #expect(said.acknowledged.count == 1)
        #expect(try bench.store.caseRow("play/c") == nil)
        #expect(bench.deliver(post).outcomes == ["duplicate"])
    }

    @Test("Sent back untried, it says again what its properties said, and is refused for it")
    func contradictory() throws {
        bench.begin()
        var post = try Post.begin("1", .say("one")).returned()
        post.properties = MessageProperties(messageID: "2", correlationID: "3", replyTo: "4")
        try crash(on: post)
        try crash(on: post)
        let letter = try #require(bench.deliver(post).sent.letters.first?.message)
        #expect(letter.properties.messageID == "2")
        #expect(letter.properties.correlationID == "3")
        #expect(letter.properties.replyTo == nil)
        let said = bench.deliver(Post(letter.sentBack(to: "scripted")))
        #expect(said.outcomes == ["refused"])
        #expect(said.sent.refusals.map(\.reason) == ["contradiction"])
    }

    @Test("An unreadable suspect is noted, too, by what it is")
    func unreadableSuspect() throws {
        bench.begin()
        let count = bench.commits.count
        var post = Post(key: "start.play.intake", body: Array("?".utf8))
        post.returns = 1
        #expect(bench.deliver(post).outcomes == ["dead"])
        guard case .suspect(let key, times: 1) = bench.commits.dropFirst(count).first?.first else {
            Issue.record("the suspect was not noted")
            return
        }
        #expect(key.hasPrefix("user:intake/"))
    }

    @Test("What was committed before the crash is a duplicate, not a suspect")
    func duplicate() throws {
        bench.begin()
        let post = try Post.begin("1")
        bench.deliver(post)
        try bench.restart()
        bench.begin()
        let count = bench.commits.count
        #expect(bench.deliver(post.returned()).outcomes == ["duplicate"])
        #expect(bench.commits[count...].joined().filter(\.isSuspicion).isEmpty)
    }

    @Test("The first message that did not come back ends the caution")
    func ends() throws {
        bench.begin()
        #expect(bench.deliver(try Post.begin("1").returned()).contains(.consume(prefetch: 300)) == false)
        #expect(bench.deliver(try Post.begin("2", case: "b")).last == .consume(prefetch: 300))
        let count = bench.commits.count
        bench.deliver(try Post.begin("3", case: "d").returned())
        #expect(bench.commits.count == count + 1)
    }

    @Test("A neighbour that came back with a suspect is tried and applied")
    func innocent() throws {
        bench.begin()
        try crash(on: try Post.begin("1").returned())
        let said = bench.deliver(try Post.begin("2", case: "b", .say("two")).returned())
        #expect(said.outcomes == ["applied"])
        #expect(said.sent.words == ["two"])
    }
}
