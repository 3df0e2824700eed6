import AMQP
import Foundation

/// How long one message takes through a subject at low load: from the publish to the delivery of its follow-up.
struct Hop {
    let bench: Bench
    let count: Int
    private let runs = 3
    private let perSecond = 100

    func run() throws {
        let subjects = [
            Subject.worker(bench), Subject.rawRelay(bench, ackEvery: 1), Subject.keepingRelay(bench),
        ]
        var samples = subjects.map { _ in [Duration]() }
        for _ in 1...runs {
            for (index, subject) in subjects.enumerated() { samples[index] += try measure(subject) }
        }
        print(
            "\(runs) runs of \(count) messages of 1 KiB, \(perSecond) a second, quorum queues, in milliseconds"
        )
        for (subject, samples) in zip(subjects, samples) { print(row(subject.name, samples)) }
        let last = samples.map { percentile(99, of: $0) }
        print(String(format: "worker / raw relay at p99: %.2f", last[0] / last[1]))
        print(String(format: "worker / C relay with the same promises at p99: %.2f", last[0] / last[2]))
    }

    private func measure(_ subject: Subject) throws -> [Duration] {
        // The first shows that it has started, and is not counted.
        try bench.run(subject, for: count + 1, load: 1) { process in
            let followUps = try FollowUps(of: subject, bench)
            defer { followUps.close() }
            try process.run()
            guard try followUps.numbers(waitingAtMost: .seconds(30)) == [0] else {
                throw Failure("no follow-up in 30 s")
            }
            return try pass(followUps)
        }
    }

    /// Publishes at its pace, and takes follow-ups meanwhile.
    private func pass(_ followUps: FollowUps) throws -> [Duration] {
        let start = ContinuousClock.now
        let pace: Duration = .seconds(1) / perSecond
        var underWay: [Int: ContinuousClock.Instant] = [:]
        var samples: [Duration] = []
        var next = 1
        while samples.count < count {
            let due = next > count ? start + pace * count + .seconds(30) : start + pace * next
            let rest = due - .now
            if rest > .zero {
                let numbers = try followUps.numbers(waitingAtMost: rest)
                let now = ContinuousClock.now
                for number in numbers {
                    guard let since = underWay.removeValue(forKey: number) else {
                        throw Failure("a second follow-up of message \(number)")
                    }
                    samples.append(now - since)
                }
            } else if next <= count {
                let message = TaskMessage(number: next).publication
                underWay[next] = .now
                try bench.connection.publish(message, on: 1)
                next += 1
            } else {
                throw Failure("\(count - samples.count) follow-ups are missing")
            }
        }
        return samples
    }

    private func row(_ name: String, _ samples: [Duration]) -> String {
        name.padding(toLength: 24, withPad: " ", startingAt: 0)
            + String(
                format: "p50 %7.2f  p90 %7.2f  p99 %7.2f  max %7.2f", percentile(50, of: samples),
                percentile(90, of: samples), percentile(99, of: samples), percentile(100, of: samples))
    }

    /// The least sample that so many percent do not exceed, in milliseconds.
    private func percentile(_ percent: Int, of samples: [Duration]) -> Double {
        samples.sorted()[(samples.count * percent + 99) / 100 - 1] / .milliseconds(1)
    }
}
