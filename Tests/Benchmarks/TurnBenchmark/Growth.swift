import Engine
import Foundation
import SQLiteStore
import Vocabulary

/// What a message costs as open cases, and with them the inbox, grow.
struct Growth {
    /// How many open cases the store has when messages are measured, the fewest first.
    let counts: [Int]

    /// Messages measured at each count and kind; many flights of pages go to the file meanwhile.
    private static let sample = 20_000
    /// Messages prepared at one time.
    private static let portion = 10_000
    /// Messages in one transaction: what a worker takes together when much is waiting.
    private static let batch = 100

    /// What messages of a kind took.
    private struct Cost {
        let wall: Duration
        let processor: Duration

        var rate: Double { Double(Growth.sample) / (wall / .seconds(1)) }
        var microseconds: Double { processor / .microseconds(Growth.sample) }
    }

    func run(in folder: URL) throws {
        let file = folder.appendingPathComponent("relay.sqlite").path
        let store = try SQLiteStore.open(path: file, create: true, worker: "relay")
        let line = try Line(over: store, batch: Self.batch)
        var random = Spread(seed: 1)
        var (messages, cases) = (0, 0)
        var first: (old: Double, new: Double)?

        /// Takes messages, each about the case that is chosen for it, and says what all took but their making.
        func take(_ count: Int, about chosenCase: () -> Int) -> Cost {
            var (wall, processor) = (Duration.zero, Duration.zero)
            for begin in stride(from: 0, to: count, by: Self.portion) {
                let deliveries = (begin..<min(begin + Self.portion, count)).map { offset in
                    RelayTask(number: messages + offset, caseNumber: chosenCase()).delivery
                }
                let clock = ContinuousClock.now
                processor += timed { line.take(deliveries) }
                wall += ContinuousClock.now - clock
            }
            messages += count
            return Cost(wall: wall, processor: processor)
        }
        func newCase() -> Int {
            cases += 1
            return cases - 1
        }

        print("\(Self.sample) messages of 1 KiB about a random open case each, then as many about new cases;")
        print(
            "messages a second (times those of the first row), microseconds of the processor for a message\n")
        print("open cases         about open cases              about new cases    file MiB  memory MiB")
        for count in counts {
            fflush(nil)
            _ = take(max(0, count - cases), about: newCase)
            let open = cases
            func someOpenCase() -> Int { Int.random(in: 0..<open, using: &random) }
            // What a process takes first costs it more.
            if first == nil { _ = take(Self.sample, about: someOpenCase) }
            let old = take(Self.sample, about: someOpenCase)
            try expectOpen(open, in: store)
            let new = take(Self.sample, about: newCase)
            let base = first ?? (old.rate, new.rate)
            first = base
            print(
                String(
                    format: "%10d   %8.0f (%.2f) %6.1f µs   %8.0f (%.2f) %6.1f µs   %8d  %8d", open,
                    old.rate, old.rate / base.old, old.microseconds, new.rate, new.rate / base.new,
                    new.microseconds, try mebibytes(of: file), peakMemory()))
        }
    }

    /// Makes sure that the cases are what they are taken for.
    private func expectOpen(_ cases: Int, in store: any Store) throws {
        for number in stride(from: 0, to: cases, by: max(1, cases / 100)) {
            let row = try store.caseRow(RelayTask(number: 0, caseNumber: number).caseID)
            precondition(row?.stage == .open, "case \(number) of \(cases) is not open")
        }
    }

    private func mebibytes(of file: String) throws -> Int {
        let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
        return (size ?? 0) / 1024 / 1024
    }

    /// The most that this process ever held, in MiB.
    private func peakMemory() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1024
    }
}
