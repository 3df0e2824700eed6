import Engine
import Testing
import Wire

@Suite("The outbox gives numbers that rise, and each of them once") struct OutboxTests {
    private static func messages(_ count: Int) -> [Change] {
        (0..<count).map { .send(Samples.message("\($0)")) }
    }

    @Test(
        "A commit returns the numbers of what it sends, in order, whatever stands between",
        arguments: StoreKind.allCases)
    func numbers(in kind: StoreKind) throws {
        try kind.place().use { store in
            let numbers = try store.commit([
                .send(Samples.message("a")), .inbox(Samples.inbox()), .handoff(Samples.handoff()),
                .send(Samples.message("b")),
            ])
            #expect(numbers.count == 2)
            #expect(numbers[0] < numbers[1])
            let rows = try store.outboxRows(after: 0, atMost: 9)
            #expect(rows.map(\.number) == numbers)
            #expect(rows.map(\.message) == [Samples.message("a"), Samples.message("b")])
            #expect(try store.commit([.inbox(Samples.inbox())]).isEmpty)
        }
    }

    @Test(
        "A number is never given again, though its row and all others are gone", arguments: StoreKind.allCases
    )
    func neverAgain(in kind: StoreKind) throws {
        let place = try kind.place()
        let first = try place.use { store in
            let numbers = try store.commit(Self.messages(3))
            _ = try store.commit([.sent(numbers)])
            return numbers
        }
        let second = try place.use { store in
            #expect(try store.outboxCount() == 0)
            let numbers = try store.commit(Self.messages(1))
            _ = try store.commit([.sent(numbers)])
            return numbers
        }
        let third = try place.use { try $0.commit(Self.messages(1)) }
        let all = first + second + third
        #expect(all == all.sorted())
        #expect(Set(all).count == 5)
    }

    @Test("Rows above a number come lowest first, no more than asked", arguments: StoreKind.allCases)
    func reading(in kind: StoreKind) throws {
        let place = try kind.place()
        let numbers = try place.use { try $0.commit(Self.messages(5)) }
        try place.use { store throws in
            func after(_ number: Int64, atMost count: Int) throws -> [Int64] {
                try store.outboxRows(after: number, atMost: count).map(\.number)
            }
            #expect(try after(0, atMost: 9) == numbers)
            #expect(try after(numbers[1], atMost: 2) == [numbers[2], numbers[3]])
            #expect(try after(numbers[4], atMost: 9).isEmpty)
            #expect(try after(0, atMost: 0).isEmpty)
        }
    }

    @Test("Confirmed rows go and no others: out of order, twice, or unknown", arguments: StoreKind.allCases)
    func confirming(in kind: StoreKind) throws {
        let place = try kind.place()
        let numbers = try place.use { store in
            let numbers = try store.commit(Self.messages(10))
            let confirmed = [7, 1, 2, 3, 3, 9].map { numbers[$0] }
            _ = try store.commit([.sent(confirmed + [numbers[9] + 100])])
            #expect(try store.outboxCount() == 5)
            _ = try store.commit([.sent(confirmed), .sent([])])
            return numbers
        }
        try place.use { store throws in
            #expect(
                try store.outboxRows(after: 0, atMost: 99).map(\.number)
                    == [0, 4, 5, 6, 8].map { numbers[$0] })
            #expect(try store.outboxCount() == 5)
        }
    }

    @Test("A row may leave in the commit in which another joins", arguments: StoreKind.allCases)
    func exchanging(in kind: StoreKind) throws {
        try kind.place().use { store in
            let old = try store.commit(Self.messages(1))
            let new = try store.commit([.sent(old), .send(Samples.letter)])
            #expect(try store.outboxRows(after: 0, atMost: 9).map(\.number) == new)
        }
    }
}
