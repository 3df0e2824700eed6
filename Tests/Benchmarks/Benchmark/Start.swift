import AMQP
import Foundation

/// How long a subject takes from its start to its first follow-up, and what it holds with nothing to do.
struct Start {
    let bench: Bench
    let runs: Int
    private let idle: Duration = .seconds(3)

    func run() throws {
        let subjects = [Subject.rawRelay(bench), Subject.worker(bench)]
        print(
            "medians of \(runs): from the start of the process, one message waiting, to its follow-up; then idle"
        )
        for subject in subjects {
            var times: [Double] = []
            var resident: [Double] = []
            var peak: [Double] = []
            for _ in 1...runs {
                times.append(try firstFollowUp(subject))
                let figures = try idleFigures(subject)
                resident.append(figures.residentMemory)
                peak.append(figures.peakMemory)
            }
            print(
                subject.name.padding(toLength: 24, withPad: " ", startingAt: 0)
                    + String(
                        format: "%7.1f ms to the first  %6.1f MiB resident  %6.1f MiB peak", median(times),
                        median(resident), median(peak)))
        }
    }

    /// Milliseconds from before the process starts until a consumer has the follow-up.
    private func firstFollowUp(_ subject: Subject) throws -> Double {
        try bench.run(subject, for: 1, load: 1) { process in
            let followUps = try FollowUps(of: subject, bench)
            defer { followUps.close() }
            let start = ContinuousClock.now
            try process.run()
            guard try followUps.numbers(waitingAtMost: .seconds(30)) == [0] else {
                throw Failure("no follow-up in 30 s")
            }
            return (ContinuousClock.now - start) / .milliseconds(1)
        }
    }

    private func idleFigures(_ subject: Subject) throws -> ProcessFigures {
        try bench.run(subject, for: 1, load: 0) { process in
            try process.run()
            Thread.sleep(forTimeInterval: idle / .seconds(1))
            guard let figures = ProcessFigures(of: process.processIdentifier) else {
                throw Failure("it ended with nothing to do")
            }
            return figures
        }
    }

    private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
