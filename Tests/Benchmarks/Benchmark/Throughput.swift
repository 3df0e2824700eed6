import AMQP
import Foundation

/// Has subjects work off a queue that is full when they start, and prints what each costs.
struct Throughput {
    let bench: Bench
    let subjects: [Subject]
    let messages: Int
    let runs: Int

    /// Measures, and prints each run and the medians.
    ///
    /// - Returns: the medians, by subject.
    func run() throws -> [Measurement] {
        var results = subjects.map { _ in [Measurement]() }
        // In turn, so that a machine that slows down slows all of them.
        for run in 1...runs {
            for (index, subject) in subjects.enumerated() {
                let measurement = try measure(subject)
                results[index].append(measurement)
                print("run \(run)  \(measurement.row(subject.label))")
                // Whoever waits for a file to fill sees it do so.
                fflush(nil)
            }
        }
        let medians = results.map(Measurement.median)
        print("\nmedians of \(runs), \(messages) messages of 1 KiB, quorum queues")
        for (subject, median) in zip(subjects, medians) { print("       \(median.row(subject.label))") }
        return medians
    }

    private func measure(_ subject: Subject) throws -> Measurement {
        let messages = messages / subject.share
        return try bench.run(subject, for: messages, load: messages) { process in
            let start = ContinuousClock.now
            try process.run()
            let measurement = try watch(process, subject, messages, since: start)
            bench.end(process)
            try check(subject, messages)
            return measurement
        }
    }

    /// Fails unless every message has its follow-up, and nothing else came.
    private func check(_ subject: Subject, _ messages: Int) throws {
        let followUps = try FollowUps(of: subject, bench)
        defer { followUps.close() }
        var count = 0
        var seen: Set<Int> = []
        while case let numbers = try followUps.numbers(waitingAtMost: .milliseconds(500)), !numbers.isEmpty {
            count += numbers.count
            seen.formUnion(numbers)
        }
        guard count == messages, seen == Set(0..<messages) else {
            throw Failure("\(count) follow-ups, of \(seen.count) messages; \(messages) were sent")
        }
    }

    private func watch(
        _ process: Process, _ subject: Subject, _ messages: Int, since start: ContinuousClock.Instant
    ) throws -> Measurement {
        var first: (at: ContinuousClock.Instant, count: Int, processorSeconds: Double)?
        var figures: ProcessFigures?
        var peakMemory = 0.0
        while true {
            figures = ProcessFigures(of: process.processIdentifier) ?? figures
            let count = try bench.connection.inspectQueue(subject.output, on: 1).messages
            let now = ContinuousClock.now
            guard let figures else { throw Failure("it ended at once") }
            peakMemory = max(peakMemory, figures.peakMemory)
            if first == nil, count > 0 { first = (now, count, figures.processorSeconds) }
            guard count >= messages else {
                guard process.isRunning else {
                    throw Failure("it ended after \(count) of \(messages) messages")
                }
                guard now - start < .seconds(600) else { throw Failure("it takes too long") }
                usleep(10_000)
                continue
            }
            guard let first, first.count < count else { throw Failure("it was too quick to be seen") }
            let seen = Double(count - first.count)
            return Measurement(
                rate: seen / ((now - first.at) / .seconds(1)),
                processorSeconds: (figures.processorSeconds - first.processorSeconds) / seen * 1000,
                peakMemory: peakMemory, firstAfter: (first.at - start) / .seconds(1))
        }
    }
}
