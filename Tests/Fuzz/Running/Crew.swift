import Foundation
import Synchronization

/// Child processes of this program, one per core, that share out the inputs: what one dies of, the others outlive.
final class Crew: Sendable {
    /// Inputs for one child.
    private struct Assignment {
        let kind: Kind
        var numbers: ClosedRange<Int>
    }

    private struct State {
        var assignments: [Assignment] = []
        var report = Report()
        var trouble: (any Error)?
    }

    private let seed: UInt64
    private let scratch: String
    private let findings: String
    private let state = Mutex(State())

    /// - Parameters:
    ///   - scratch: a folder for the children's own.
    ///   - findings: the folder to write findings to.
    init(seed: UInt64, scratch: String, findings: String) {
        self.seed = seed
        self.scratch = scratch
        self.findings = findings
    }

    /// Has inputs of each kind tried, and tells what was found.
    func run(_ shares: [(kind: Kind, inputs: Int)]) throws -> Report {
        let start = ContinuousClock.now
        state.withLock { state in
            for (kind, inputs) in shares {
                state.report.rows[kind] = .init()
                state.assignments += stride(from: 0, to: inputs, by: Limits.stint).map {
                    Assignment(kind: kind, numbers: $0...min($0 + Limits.stint, inputs) - 1)
                }
            }
        }
        DispatchQueue.concurrentPerform(iterations: ProcessInfo.processInfo.activeProcessorCount) { place in
            do { try work(in: "\(scratch)/\(place)") } catch { state.withLock { $0.trouble = error } }
        }
        return try state.withLock { state in
            if let trouble = state.trouble { throw trouble }
            state.report.seconds = (ContinuousClock.now - start) / .seconds(1)
            return state.report
        }
    }

    /// Has one child after the other take what is still to be done.
    private func work(in folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let notebook = try Notebook(in: folder)
        defer { notebook.giveBack() }
        while let assignment = state.withLock({ $0.assignments.popLast() }) {
            notebook.notes = .init()
            let end = try Child.run(assignment.kind, seed: seed, assignment.numbers, scratch: folder)
            try settle(assignment, end, notebook.notes)
            showProgress()
        }
    }

    /// Counts what a child did, and leaves what it did not come to for another.
    private func settle(_ assignment: Assignment, _ end: Child.End, _ notes: Notebook.Notes) throws {
        var findings = end.findings
        var rest: Assignment?
        if let why = end.death {
            // Before its first input it died of this program, not of an input.
            guard notes.input >= 0 else { throw BrokenPromise("a child for \(assignment.kind) \(why)") }
            findings.append(.init(number: notes.input, why: why))
            let next = try assignment.kind.stint(seed: seed, scratch: scratch).stretch(after: notes.input)
            if next <= assignment.numbers.upperBound {
                rest = Assignment(kind: assignment.kind, numbers: next...assignment.numbers.upperBound)
            }
        }
        for finding in findings { try write(finding, of: assignment.kind) }
        state.withLock { state in
            state.report.rows[assignment.kind]?.add(notes)
            state.report.rows[assignment.kind]?.findings += findings
            if let rest { state.assignments.append(rest) }
            let isEnough =
                state.report.rows[assignment.kind].map { $0.findings.count >= Limits.findings } ?? false
            if isEnough { state.assignments.removeAll { $0.kind == assignment.kind } }
        }
    }

    private func write(_ finding: Report.Finding, of kind: Kind) throws {
        let input = try kind.stint(seed: seed, scratch: scratch).bytes(of: finding.number)
        try FileManager.default.createDirectory(atPath: findings, withIntermediateDirectories: true)
        let file = URL(filePath: findings).appending(path: "\(kind)-\(seed)-\(finding.number)")
        try Data(input).write(to: file)
    }

    private func showProgress() {
        guard isatty(STDERR_FILENO) == 1 else { return }
        let (left, found) = state.withLock { state in
            (
                state.assignments.map(\.numbers.count).reduce(0, +),
                state.report.rows.values.map(\.findings.count).reduce(0, +)
            )
        }
        FileHandle.standardError.write(Data("\r\u{1B}[K\(left) inputs left, \(found) findings".utf8))
        if left == 0 { FileHandle.standardError.write(Data("\n".utf8)) }
    }
}
