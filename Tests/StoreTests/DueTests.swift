import Engine
import Testing
import Vocabulary
import Wire

@Suite("What is due comes in the order of time") struct DueTests {
    private static func slot(_ key: String) -> HandoffRow.Slot {
        HandoffRow.Slot(caseID: Samples.caseID, type: Samples.type, key: key)
    }

    @Test(
        "Timers up to and at the moment, the earliest first, no more than asked",
        arguments: StoreKind.allCases)
    func timers(in kind: StoreKind) throws {
        let place = try kind.place()
        let rows = [("d", 40), ("a", 30), ("c", 20), ("b", 10)].map { Samples.timer(Self.slot($0), at: $1) }
        try place.use { _ = try $0.commit(rows.map(Change.timer)) }
        try place.use { store in
            let due = try store.timers(dueAt: Samples.time(30), atMost: 9)
            #expect(due == [rows[3], rows[2], rows[1]])
            #expect(try store.timers(dueAt: Samples.time(30), atMost: 2) == [rows[3], rows[2]])
            #expect(try store.timers(dueAt: Samples.time(9), atMost: 9).isEmpty)
            #expect(try store.timers(dueAt: Samples.time(30), atMost: 0).isEmpty)
            #expect(try store.nextTimer() == Samples.time(10))
            _ = try store.commit([.timerGone(Self.slot("b"))])
            #expect(try store.nextTimer() == Samples.time(20))
        }
    }

    @Test("The timers of a case, and no other's", arguments: StoreKind.allCases)
    func timersOfACase(in kind: StoreKind) throws {
        try kind.place().use { store in
            let other = HandoffRow.Slot(caseID: "saas-to-local/other", type: Samples.type, key: "a")
            let rows = [("b", 10), ("a", 20)].map { Samples.timer(Self.slot($0), at: $1) }
            _ = try store.commit((rows + [Samples.timer(other)]).map(Change.timer))
            #expect(try store.timers(of: Samples.caseID) == rows.reversed())
            _ = try store.commit([.timerGone(Self.slot("a"))])
            #expect(try store.timers(of: Samples.caseID) == [rows[0]])
            #expect(try store.timers(of: "saas-to-local/unknown").isEmpty)
        }
    }

    @Test(
        "The handoffs of a case that are held or open, in the order they were wanted",
        arguments: StoreKind.allCases)
    func openHandoffs(in kind: StoreKind) throws {
        try kind.place().use { store in
            let other = HandoffRow.Slot(caseID: "saas-to-local/other", type: Samples.type, key: "a")
            var rows = [("z", .open), ("m", .held), ("a", .answered), ("b", .open)].map {
                (id: HandoffID, state: HandoffState) in
                Samples.handoff(id, in: Self.slot(id.rawValue), state: state)
            }
            _ = try store.commit((rows + [Samples.handoff("x", in: other)]).map(Change.handoff))
            #expect(try store.openHandoffs(of: Samples.caseID) == ["z", "m", "b"])
            rows[0].state = .revoked
            rows[1].state = .open
            _ = try store.commit(rows.map(Change.handoff))
            #expect(try store.openHandoffs(of: Samples.caseID) == ["m", "b"])
            #expect(try store.openHandoffs(of: "saas-to-local/unknown").isEmpty)
        }
    }

    @Test("The open handoffs of all cases, page by page, by id", arguments: StoreKind.allCases)
    func allOpenHandoffs(in kind: StoreKind) throws {
        try kind.place().use { store in
            let states: [(HandoffID, HandoffState)] = [
                ("z", .open), ("m", .held), ("a", .open), ("b", .answered), ("c", .open), ("d", .revoked),
            ]
            let rows = states.map { Samples.handoff($0, in: Self.slot($0.rawValue), state: $1) }
            _ = try store.commit(rows.map(Change.handoff))
            #expect(try store.openHandoffs(after: nil, atMost: 2).map(\.id) == ["a", "c"])
            #expect(try store.openHandoffs(after: "c", atMost: 2).map(\.id) == ["z"])
            #expect(try store.openHandoffs(after: "z", atMost: 2).isEmpty)
        }
    }

    @Test("Timers of one moment all come, in the same order each time", arguments: StoreKind.allCases)
    func ties(in kind: StoreKind) throws {
        try kind.place().use { store in
            let keys = ["m", "z", "a", "k", "b"]
            for key in keys { _ = try store.commit([.timer(Samples.timer(Self.slot(key)))]) }
            let due = try store.timers(dueAt: Samples.time(10), atMost: 9).map(\.slot.key)
            #expect(due == keys.sorted())
        }
    }

    @Test("Effects without those that run, nor those out of attempts", arguments: StoreKind.allCases)
    func effects(in kind: StoreKind) throws {
        try kind.place().use { store in
            let rows = [("e", nil), ("d", 40), ("a", 30), ("c", 20), ("b", 10)].map {
                Samples.effect($0, at: $1)
            }
            _ = try store.commit(rows.map(Change.effect))
            func due(except running: Set<String>, atMost count: Int) throws -> [String] {
                try store.effects(dueAt: Samples.time(30), except: running, atMost: count).map(\.id)
            }
            #expect(try due(except: [], atMost: 9) == ["b", "c", "a"])
            #expect(try due(except: ["b"], atMost: 1) == ["c"])
            #expect(try due(except: ["b", "c", "no such"], atMost: 9) == ["a"])
            #expect(try due(except: ["c"], atMost: 0).isEmpty)
            #expect(try store.nextEffect(except: []) == Samples.time(10))
            #expect(try store.nextEffect(except: ["b", "c"]) == Samples.time(30))
            #expect(try store.nextEffect(except: ["a", "b", "c", "d"]) == nil)
        }
    }

    @Test("An effect put off is due at its new time only", arguments: StoreKind.allCases)
    func putOff(in kind: StoreKind) throws {
        try kind.place().use { store in
            _ = try store.commit([.effect(Samples.effect(at: 10))])
            _ = try store.commit([.effect(Samples.effect(at: 50))])
            #expect(try store.effects(dueAt: Samples.time(49), except: [], atMost: 9).isEmpty)
            #expect(
                try store.effects(dueAt: Samples.time(50), except: [], atMost: 9) == [Samples.effect(at: 50)])
        }
    }

    @Test(
        "Early events whose notice is due, the earliest first; all are counted", arguments: StoreKind.allCases
    )
    func early(in kind: StoreKind) throws {
        try kind.place().use { store in
            let rows = [("e", nil), ("a", 30), ("c", 20), ("b", 10)].map { Samples.early($0, noticeAt: $1) }
            _ = try store.commit(rows.map(Change.early))
            #expect(try store.earlyRows(noticeDueAt: Samples.time(20), atMost: 9) == [rows[3], rows[2]])
            #expect(try store.earlyRows(noticeDueAt: Samples.time(99), atMost: 1) == [rows[3]])
            #expect(try store.earlyCount() == 4)
            _ = try store.commit([.earlyGone(rows[3].key)])
            #expect(try store.earlyCount() == 3)
            #expect(try store.earlyRows(noticeDueAt: Samples.time(20), atMost: 9) == [rows[2]])
        }
    }
}
