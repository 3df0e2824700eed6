import Foundation
import Vocabulary

/// Tries inputs in this process.
protocol Trying {
    /// Tries inputs by their numbers; each that is a finding is a line on standard output, its number in front.
    func run(_ numbers: ClosedRange<Int>, noting notebook: Notebook) throws

    /// Prints an input and tries it, after those that came before it in its stretch.
    func replay(_ number: Int) throws

    /// An input as people look at it.
    func bytes(of number: Int) -> [UInt8]

    /// The first input of the next stretch.
    func stretch(after number: Int) -> Int
}

/// The inputs of one kind and seed.
struct Stint<S: Subject>: Trying {
    private let subject: S
    private let kind: Kind
    private let seed: UInt64

    init(_ subject: S, kind: Kind, seed: UInt64) {
        self.subject = subject
        self.kind = kind
        self.seed = seed
    }

    func run(_ numbers: ClosedRange<Int>, noting notebook: Notebook) throws {
        Self.letAlarmsThrough()
        var subject = subject
        for number in numbers {
            notebook.notes.input = number
            // Its signal ends a process that hangs.
            alarm(Limits.longestSeconds)
            if number == numbers.lowerBound || number % S.stretch == 0 { try subject.begin() }
            let trial = Self.try(draw(number), on: &subject)
            switch trial.outcome {
            case _ where trial.nanoseconds > Limits.longNanoseconds:
                try tell(number, "took \(trial.nanoseconds / 1_000_000) ms of the processor")
            case .success(true): notebook.notes.accepted += 1
            case .success(false): notebook.notes.refused += 1
            case .failure(let broken): try tell(number, "\(broken)")
            }
            if trial.nanoseconds > notebook.notes.slowestNanoseconds {
                notebook.notes.slowestNanoseconds = trial.nanoseconds
                notebook.notes.slowestInput = number
            }
        }
        alarm(0)
    }

    func replay(_ number: Int) throws {
        var subject = subject
        try subject.begin()
        for earlier in number / S.stretch * S.stretch..<number {
            _ = Self.try(draw(earlier), on: &subject)
        }
        let input = draw(number)
        try FileHandle.standardOutput.write(contentsOf: Data(S.bytes(of: input) + Array("\n".utf8)))
        let trial = Self.try(input, on: &subject)
        let outcome =
            switch trial.outcome {
            case .success(let isAccepted): isAccepted ? "accepted" : "refused"
            case .failure(let broken): "\(broken)"
            }
        let took = trial.nanoseconds / 1000
        print("--- \(kind) \(number) of seed \(seed): \(outcome), \(took) µs")
    }

    func bytes(of number: Int) -> [UInt8] { S.bytes(of: draw(number)) }

    func stretch(after number: Int) -> Int { (number / S.stretch + 1) * S.stretch }

    /// Written at once: the next input may be the end of this process.
    private func tell(_ number: Int, _ why: String) throws {
        let line = "\(number)\t\(why.replacing("\n", with: " "))\n"
        try FileHandle.standardOutput.write(contentsOf: Data(line.utf8))
    }

    private func draw(_ number: Int) -> S.Input {
        var mutator = Mutator(seed: seed, kind.rawValue, number)
        return subject.draw(&mutator)
    }

    private static func `try`(
        _ input: S.Input, on subject: inout S
    ) -> (outcome: Result<Bool, any Error>, nanoseconds: Int) {
        let start = processorNanoseconds()
        let outcome = Result { try subject.take(input) }
        return (outcome, processorNanoseconds() - start)
    }

    /// A child has the signal mask of the thread that started it, and the parent's threads block them all.
    private static func letAlarmsThrough() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGALRM)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// The time that this thread had of a processor: what others do on the machine does not count.
    private static func processorNanoseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
