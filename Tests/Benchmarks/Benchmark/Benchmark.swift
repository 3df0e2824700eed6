import AMQP
import Foundation

/// Measures Baton's worker beside bare librabbitmq and beside its peers, on one broker.
///
/// Runs under `Deploy/broker with`; see `Deploy/bench`.
@main struct Benchmark {
    static func main() {
        do {
            try measure()
        } catch {
            FileHandle.standardError.write(Data("benchmark: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func measure() throws {
        let arguments = CommandLine.arguments
        let numbers = arguments.dropFirst(2).compactMap { Int($0) }.filter { $0 > 0 }
        guard arguments.count == numbers.count + 2,
            let url = ProcessInfo.processInfo.environment["BATON_BROKER_URL"]
        else { usage() }
        let programs = URL(fileURLWithPath: arguments[0]).deletingLastPathComponent()
        let bench = try Bench(url: url, programs: programs)
        defer { bench.connection.close() }
        switch (arguments[1], numbers.count) {
        case ("relay", 2): try relay(bench, messages: numbers[0], runs: numbers[1])
        case ("peers", 2): try peers(bench, messages: numbers[0], runs: numbers[1])
        case ("hop", 1): try Hop(bench: bench, count: numbers[0]).run()
        case ("start", 1): try Start(bench: bench, runs: numbers[0]).run()
        default: usage()
        }
    }

    private static func usage() -> Never {
        print(
            "benchmark relay|peers MESSAGES RUNS | hop COUNT | start RUNS, under `Deploy/broker with`; "
                + "see Deploy/bench --help")
        exit(64)
    }

    private static func relay(_ bench: Bench, messages: Int, runs: Int) throws {
        _ = try compare(own(bench), on: bench, messages: messages, runs: runs)
    }

    /// The worker, between the two relays in C that bound it.
    private static func own(_ bench: Bench) -> [Subject] {
        [Subject.worker(bench), Subject.rawRelay(bench), Subject.keepingRelay(bench)]
    }

    private static func compare(
        _ subjects: [Subject], on bench: Bench, messages: Int, runs: Int
    ) throws -> [Measurement] {
        let medians = try Throughput(bench: bench, subjects: subjects, messages: messages, runs: runs).run()
        ratio("worker / raw relay", medians[0], medians[1])
        ratio("worker / C relay with the same promises", medians[0], medians[2])
        ratio("C relay with the same promises / raw relay", medians[2], medians[1])
        return medians
    }

    private static func peers(_ bench: Bench, messages: Int, runs: Int) throws {
        let subjects = own(bench) + Subject.peers(bench)
        let medians = try compare(subjects, on: bench, messages: messages, runs: runs)
        let results = zip(subjects, medians)
        func worker(beside peer: String) {
            let best = results.filter { $0.0.name.hasPrefix(peer) }.max { $0.1.rate < $1.1.rate }
            if let best { ratio("worker / \(best.0.name)", medians[0], best.1) }
        }
        worker(beside: "Go")
        worker(beside: "Celery")
        print(String(format: "       worker: %.3f cpu s/1000", medians[0].processorSeconds))
    }

    private static func ratio(_ name: String, _ subject: Measurement, _ other: Measurement) {
        print("       " + name + String(format: ": %.2f", subject.rate / other.rate))
    }
}
