import Engine
import Foundation
import SQLiteStore
import Vocabulary

/// What a message costs as open cases, and with them the inbox, grow.
struct Growth {
    /// How many open cases each store has, the fewest first.
    let counts: [Int]

    /// Samples of each store and kind, taken in turn: a machine that slows down slows down all of them.
    private static let rounds = 7
    /// Messages in one sample; several flights of pages go to the file meanwhile.
    private static let sample = 5_000
    /// Messages prepared at one time while a store is filled.
    private static let portion = 10_000
    /// Messages in one transaction: what a worker takes together when much is waiting.
    fileprivate static let batch = 100

    func run(in folder: URL) throws {
        let stores = try counts.map { count in
            let store = try GrownStore(cases: count, in: folder)
            for begin in stride(from: 0, to: count, by: Self.portion) {
                store.take(min(Self.portion, count - begin), aboutNewCases: true)
            }
            return store
        }
        print(
            "\(Self.sample) messages of 1 KiB about a random open case each, \(Self.rounds) times for every store in turn,"
        )
        print("then as many about new cases; medians, each for one message\n")
        print(
            "open cases  about        µs  of the processor  times the first  KiB read  KiB written  file MiB")
        // What a store takes first costs it more.
        for store in stores { store.take(Self.sample, aboutNewCases: false) }
        try measure(stores, aboutNewCases: false)
        for store in stores { try store.expectOpenCases() }
        try measure(stores, aboutNewCases: true)
        print("\npeak memory with all of them open: \(peakMemory) MiB")
    }

    /// Takes samples of every store in turn, and prints the medians of each.
    private func measure(_ stores: [GrownStore], aboutNewCases: Bool) throws {
        var samples = stores.map { _ in [Cost]() }
        for _ in 1...Self.rounds {
            for (index, store) in stores.enumerated() {
                samples[index].append(store.take(Self.sample, aboutNewCases: aboutNewCases))
            }
        }
        let costs = samples.map(Cost.init(medianOf:))
        for (index, cost) in costs.enumerated() {
            print(
                String(
                    format: "%10d  %@  %8.1f  %16.1f  %15.2f  %8.1f  %11.1f  %8d", counts[index],
                    aboutNewCases ? "new" : "old", cost.wall, cost.processor, costs[0].wall / cost.wall,
                    cost.read,
                    cost.written, try stores[index].mebibytes))
        }
    }

    /// The most that this process ever held, in MiB.
    private var peakMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1024
    }
}

/// What a message took: microseconds, of the processor too, and KiB that were read and written, most of them pages of the
/// store and its log.
private struct Cost {
    let wall: Double
    let processor: Double
    let read: Double
    let written: Double

    /// The cost of each of so many messages.
    init(of count: Int, _ body: () -> Void) {
        let (start, before) = (ContinuousClock.now, Self.traffic)
        processor = timed(body) / .microseconds(count)
        wall = (ContinuousClock.now - start) / .microseconds(count)
        let after = Self.traffic
        read = (after.read - before.read) / Double(count)
        written = (after.written - before.written) / Double(count)
    }

    /// The median of each figure.
    init(medianOf samples: [Cost]) {
        func median(_ figure: (Cost) -> Double) -> Double { samples.map(figure).sorted()[samples.count / 2] }
        (wall, processor) = (median(\.wall), median(\.processor))
        (read, written) = (median(\.read), median(\.written))
    }

    /// KiB that this process has read and written so far, from memory or from a disk.
    private static var traffic: (read: Double, written: Double) {
        let lines = ((try? String(contentsOfFile: "/proc/self/io", encoding: .utf8)) ?? "").split(
            separator: "\n")
        func kibibytes(_ name: String) -> Double {
            let line = lines.first { $0.hasPrefix(name) }
            return (line?.split(separator: " ").last.flatMap { Double($0) } ?? 0) / 1024
        }
        return (kibibytes("rchar:"), kibibytes("wchar:"))
    }
}

/// A store that is filled with open cases, and the line that takes messages into it.
private final class GrownStore {
    private let file: String
    private let store: SQLiteStore
    private let line: Line
    private let filling: Int
    private var random = Spread(seed: 1)
    private var messages = 0
    private var cases = 0

    init(cases: Int, in folder: URL) throws {
        filling = cases
        file = folder.appendingPathComponent("\(cases).sqlite").path
        store = try SQLiteStore.open(path: file, create: true, worker: "relay")
        line = try Line(over: store, batch: Growth.batch)
    }

    /// Takes messages about new cases, or about random ones of those it was filled with, and says what one took.
    @discardableResult
    func take(_ count: Int, aboutNewCases: Bool) -> Cost {
        let deliveries = (0..<count).map { _ in
            defer { messages += 1 }
            return RelayTask(
                number: messages,
                caseNumber: aboutNewCases ? newCase() : Int.random(in: 0..<filling, using: &random)
            ).delivery
        }
        return Cost(of: count) { line.take(deliveries) }
    }

    private func newCase() -> Int {
        defer { cases += 1 }
        return cases
    }

    /// Makes sure that the cases are what they are taken for.
    func expectOpenCases() throws {
        for number in stride(from: 0, to: filling, by: max(1, filling / 100)) {
            let row = try store.caseRow(RelayTask(number: 0, caseNumber: number).caseID)
            precondition(row?.stage == .open, "case \(number) of \(filling) is not open")
        }
    }

    /// The size of its file.
    var mebibytes: Int {
        get throws {
            let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
            return (size ?? 0) / 1024 / 1024
        }
    }
}
