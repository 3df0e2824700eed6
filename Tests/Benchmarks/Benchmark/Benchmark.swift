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
        let subjects = [Subject.rawRelay(bench), Subject.worker(bench)]
        let medians = try Throughput(bench: bench, subjects: subjects, messages: messages, runs: runs).run()
        ratio("worker / raw relay", medians[1], medians[0])
    }

    private static func peers(_ bench: Bench, messages: Int, runs: Int) throws {
        let subjects = [Subject.rawRelay(bench), Subject.worker(bench)] + Subject.peers(bench)
        let medians = try Throughput(bench: bench, subjects: subjects, messages: messages, runs: runs).run()
        let results = zip(subjects, medians)
        ratio("worker / raw relay", medians[1], medians[0])
        func worker(beside peer: String) {
            let best = results.filter { $0.0.name.hasPrefix(peer) }.max { $0.1.rate < $1.1.rate }
            if let best { ratio("worker / \(best.0.name)", medians[1], best.1) }
        }
        worker(beside: "Go")
        worker(beside: "Celery")
        print(String(format: "       worker: %.3f cpu s/1000", medians[1].processorSeconds))
    }

    private static func ratio(_ name: String, _ subject: Measurement, _ other: Measurement) {
        print("       " + name + String(format: ": %.2f", subject.rate / other.rate))
    }
}
