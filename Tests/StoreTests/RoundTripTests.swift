import Engine
import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("Every row comes back whole in the next run") struct RoundTripTests {
    @Test(
        "A message's inbox row, with and without a case, under every verdict", arguments: StoreKind.allCases)
    func inbox(in kind: StoreKind) throws {
        for verdict in [InboxRow.Verdict.applied, .early, .refused, .dead] {
            for caseID in [Samples.caseID, nil] {
                let row = Samples.inbox(verdict, caseID: caseID)
                try expect(row, committedAs: .inbox(row), in: kind) { try $0.inboxRow(row.key) }
            }
        }
    }

    @Test(
        "A case with its memory, held handoffs and early events in their order", arguments: StoreKind.allCases
    )
    func caseRow(in kind: StoreKind) throws {
        let row = Samples.caseRow()
        try expect(row, committedAs: .caseRow(row), in: kind) { try $0.caseRow(row.id) }
        for stage in [CaseRow.Stage.open, .closing(.withdrawn, awaiting: []), .quiet, .ended(.completed)] {
            var other = row
            other.stage = stage
            try expect(other, committedAs: .caseRow(other), in: kind) { try $0.caseRow(row.id) }
        }
        let bare = CaseRow(id: Samples.caseID, memoryVersion: 0, memory: [:], since: Samples.time(0))
        try expect(bare, committedAs: .caseRow(bare), in: kind) { try $0.caseRow(bare.id) }
    }

    @Test("A handoff in every state, asked or not, gated or not", arguments: StoreKind.allCases)
    func handoff(in kind: StoreKind) throws {
        for state in HandoffState.allCases {
            let row = Samples.handoff(state: state)
            try expect(row, committedAs: .handoff(row), in: kind) { try $0.handoff(row.id) }
        }
        let bare = HandoffRow(
            id: "h-1", slot: .init(caseID: Samples.caseID, type: Samples.type, key: ""), team: "cs",
            state: .held,
            gate: nil, question: .null, clock: HandoffClock(due: .elapsed(.seconds(90))),
            since: Samples.time(0))
        try expect(bare, committedAs: .handoff(bare), in: kind) { try $0.handoff(bare.id) }
    }

    @Test("A due time on a team's calendar or on the clock", arguments: StoreKind.allCases)
    func dueTimes(in kind: StoreKind) throws {
        for due in [BusinessDuration.days(1), .days(20), .hours(4), .minutes(30), .elapsed(.seconds(86_400))]
        {
            let row = HandoffRow(
                id: "h-1", slot: Samples.slot, team: "cs", state: .held, gate: nil, question: [:],
                clock: HandoffClock(due: due),
                since: Samples.time(0))
            try expect(row, committedAs: .handoff(row), in: kind) { try $0.handoff(row.id) }
        }
    }

    @Test(
        "A timer, an effect that waits or is out of attempts, an early event", arguments: StoreKind.allCases)
    func waiting(in kind: StoreKind) throws {
        let timer = Samples.timer()
        try expect(timer, committedAs: .timer(timer), in: kind) { try $0.timer(timer.slot) }
        for effect in [Samples.effect(), Samples.effect(at: nil)] {
            try expect(effect, committedAs: .effect(effect), in: kind) { try $0.effect(effect.id) }
        }
        for early in [Samples.early(), Samples.early(noticeAt: nil)] {
            try expect(early, committedAs: .early(early), in: kind) { try $0.earlyRow(early.key) }
        }
    }

    @Test("Moments before 1970 and to the millisecond", arguments: StoreKind.allCases)
    func moments(in kind: StoreKind) throws {
        for milliseconds: Int64 in [-1, 0, 1, 1_764_000_000_123] {
            let at = Timestamp(milliseconds: milliseconds)
            let row = TimerRow(slot: Samples.slot, armed: 1, at: at, data: [:])
            try expect(row, committedAs: .timer(row), in: kind) { try $0.timer(row.slot) }
        }
    }

    @Test(
        "A message on its way out: properties set or not, a letter's headers, any bytes",
        arguments: StoreKind.allCases)
    func outgoing(in kind: StoreKind) throws {
        for message in [Samples.letter, Samples.message(), Samples.message("")] {
            try expect(message, committedAs: .send(message), in: kind) {
                try $0.outboxRows(after: 0, atMost: 1).first?.message
            }
        }
    }

    @Test("Bodies and memories of 256 KiB", arguments: StoreKind.allCases)
    func large(in kind: StoreKind) throws {
        let text = String(repeating: "x", count: 256 * 1024)
        let message = Samples.message(text)
        try expect(message, committedAs: .send(message), in: kind) {
            try $0.outboxRows(after: 0, atMost: 1).first?.message
        }
        var row = Samples.caseRow()
        row.memory = ["text": .string(text)]
        try expect(row, committedAs: .caseRow(row), in: kind) { try $0.caseRow(row.id) }
    }

    private func expect<Row: Equatable>(
        _ row: Row, committedAs change: Change, in kind: StoreKind, _ read: (any Store) throws -> Row?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let place = try kind.place()
        try place.use { store in
            _ = try store.commit([change])
            #expect(try read(store) == row, sourceLocation: sourceLocation)
        }
        #expect(try place.use(read) == row, sourceLocation: sourceLocation)
    }
}
