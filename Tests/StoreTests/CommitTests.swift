import Engine
import Testing
import Vocabulary
import Wire

@Suite("A commit replaces, removes and raises") struct CommitTests {
    @Test("An empty store knows nothing", arguments: StoreKind.allCases)
    func empty(in kind: StoreKind) throws {
        try kind.place().use { store throws in
            #expect(try store.inboxRow(Samples.key) == nil)
            #expect(try store.caseRow(Samples.caseID) == nil)
            #expect(try store.handoff("h-1") == nil)
            #expect(try store.newestHandoff(in: Samples.slot) == nil)
            #expect(try store.timer(Samples.slot) == nil)
            #expect(try store.timers(dueAt: .distantFuture, atMost: 9).isEmpty)
            #expect(try store.nextTimer() == nil)
            #expect(try store.effect("mail-1") == nil)
            #expect(try store.effects(dueAt: .distantFuture, except: [], atMost: 9).isEmpty)
            #expect(try store.nextEffect(except: []) == nil)
            #expect(try store.earlyRow(Samples.key) == nil)
            #expect(try store.earlyRows(noticeDueAt: .distantFuture, atMost: 9).isEmpty)
            #expect(try store.earlyCount() == 0)
            #expect(try store.suspicions(of: "m-1") == 0)
            #expect(try store.outboxRows(after: 0, atMost: 9).isEmpty)
            #expect(try store.outboxCount() == 0)
            #expect(try store.newestMemoryVersion() == 0)
        }
    }

    @Test(
        "A row under another key is another row: sender, id and redrive each count",
        arguments: StoreKind.allCases)
    func inboxKeys(in kind: StoreKind) throws {
        let keys = [
            InboxKey(sender: .team("a"), id: "1"), InboxKey(sender: .team("b"), id: "1"),
            InboxKey(sender: .team("a"), id: "2"),
            InboxKey(sender: .team("a"), id: "1", redrive: 1),
        ]
        let rows = keys.enumerated().map { number, key in
            InboxRow(key: key, caseID: nil, digest: "\(number)", verdict: .applied, at: Samples.time(0))
        }
        try kind.place().use { store in
            _ = try store.commit(rows.map(Change.inbox))
            for row in rows { #expect(try store.inboxRow(row.key) == row) }
        }
    }

    @Test("The directory that clocks were set by is kept, the last one", arguments: StoreKind.allCases)
    func directory(in kind: StoreKind) throws {
        let place = try kind.place()
        try place.use { store in
            #expect(try store.directoryDigest() == nil)
            _ = try store.commit([.directory("ab")])
            _ = try store.commit([.directory("cd")])
        }
        #expect(try place.use { try $0.directoryDigest() } == "cd")
    }

    @Test("The last row given for a key stands, within a commit and across", arguments: StoreKind.allCases)
    func replacing(in kind: StoreKind) throws {
        try kind.place().use { store in
            _ = try store.commit([
                .inbox(Samples.inbox(.early)), .suspect("m", times: 1), .timer(Samples.timer()),
            ])
            _ = try store.commit([.inbox(Samples.inbox(.dead)), .inbox(Samples.inbox(.applied))])
            _ = try store.commit([.suspect("m", times: 2), .timer(Samples.timer(at: 99))])
            #expect(try store.inboxRow(Samples.key) == Samples.inbox(.applied))
            #expect(try store.suspicions(of: "m") == 2)
            #expect(try store.timers(dueAt: .distantFuture, atMost: 9) == [Samples.timer(at: 99)])
            #expect(try store.nextTimer() == Samples.time(99))
        }
    }

    @Test("A row replaced loses what the new one does not have", arguments: StoreKind.allCases)
    func emptying(in kind: StoreKind) throws {
        var row = Samples.handoff()
        try kind.place().use { store in
            _ = try store.commit([.handoff(row), .effect(Samples.effect()), .early(Samples.early())])
            row.askedAt = nil
            row.answers = []
            _ = try store.commit([
                .handoff(row), .effect(Samples.effect(at: nil)), .early(Samples.early(noticeAt: nil)),
            ])
            #expect(try store.handoff(row.id) == row)
            #expect(try store.nextEffect(except: []) == nil)
            #expect(try store.earlyRows(noticeDueAt: .distantFuture, atMost: 9).isEmpty)
            #expect(try store.earlyCount() == 1)
        }
    }

    @Test("What is gone is gone, and removing it again is no error", arguments: StoreKind.allCases)
    func removing(in kind: StoreKind) throws {
        let place = try kind.place()
        let removals: [Change] = [
            .timerGone(Samples.slot), .effectGone("mail-1"), .earlyGone(Samples.early().key),
            .suspectGone("m"),
        ]
        try place.use { store in
            _ = try store.commit([
                .timer(Samples.timer()), .effect(Samples.effect()), .early(Samples.early()),
                .suspect("m", times: 1),
            ])
            _ = try store.commit(removals)
            _ = try store.commit(removals)
        }
        try place.use { store throws in
            #expect(try store.timer(Samples.slot) == nil)
            #expect(try store.nextTimer() == nil)
            #expect(try store.effect("mail-1") == nil)
            #expect(try store.nextEffect(except: []) == nil)
            #expect(try store.earlyRow(Samples.early().key) == nil)
            #expect(try store.earlyCount() == 0)
            #expect(try store.suspicions(of: "m") == 0)
        }
    }

    @Test("Changes take effect in their order: put, removed, put again", arguments: StoreKind.allCases)
    func order(in kind: StoreKind) throws {
        try kind.place().use { store in
            let timer = Samples.timer()
            _ = try store.commit([.timer(timer), .timerGone(timer.slot)])
            #expect(try store.timer(timer.slot) == nil)
            _ = try store.commit([.timerGone(timer.slot), .timer(timer)])
            #expect(try store.timer(timer.slot) == timer)
        }
    }

    @Test("The newest handoff of a slot is the one that was wanted last", arguments: StoreKind.allCases)
    func newest(in kind: StoreKind) throws {
        let place = try kind.place()
        let other = HandoffRow.Slot(caseID: Samples.caseID, type: Samples.type, key: "other")
        try place.use { store in
            // All of one moment, ids against the order; one in another slot comes last of all.
            _ = try store.commit([
                .handoff(Samples.handoff("h-9", state: .revoked)),
                .handoff(Samples.handoff("h-5", state: .answered)),
            ])
            _ = try store.commit([
                .handoff(Samples.handoff("h-1")), .handoff(Samples.handoff("h-0", in: other)),
            ])
        }
        try place.use { store in
            #expect(try store.newestHandoff(in: Samples.slot)?.id == "h-1")
            // An older one that changes stays older.
            _ = try store.commit([.handoff(Samples.handoff("h-5", state: .revoked))])
            #expect(try store.newestHandoff(in: Samples.slot) == Samples.handoff("h-1"))
            #expect(try store.newestHandoff(in: other)?.id == "h-0")
        }
    }

    @Test(
        "The highest memory version is remembered, though every case goes back", arguments: StoreKind.allCases
    )
    func memoryVersion(in kind: StoreKind) throws {
        let place = try kind.place()
        try place.use { store in
            _ = try store.commit([
                .caseRow(Samples.caseRow(memoryVersion: 5)),
                .caseRow(Samples.caseRow(Samples.otherCaseID, memoryVersion: 4)),
            ])
            #expect(try store.newestMemoryVersion() == 5)
            _ = try store.commit([.caseRow(Samples.caseRow(memoryVersion: 2))])
        }
        #expect(try place.use { try $0.newestMemoryVersion() } == 5)
        try place.use { _ = try $0.commit([.caseRow(Samples.caseRow(memoryVersion: 6))]) }
        #expect(try place.use { try $0.newestMemoryVersion() } == 6)
    }

    @Test("A run that began and did not end is told to the next", arguments: StoreKind.allCases)
    func runs(in kind: StoreKind) throws {
        let place = try kind.place()
        #expect(try place.use { try $0.beginRun() }, "a new store")
        #expect(try !place.use { try $0.beginRun() }, "the run before crashed")
        try place.use { store in
            #expect(try !store.beginRun(), "so did the one after it")
            try store.endRun()
        }
        #expect(try place.use { try $0.beginRun() }, "the run before ended")
        try place.use { try $0.endRun() }
        try place.use { try $0.endRun() }
        #expect(try place.use { try $0.beginRun() }, "ended twice is ended")
    }
}
