import Foundation
import StrictJSON

/// Traps, delays and broken promises planted on purpose.
struct PlantedSubject: Subject {
    /// What happens when it is read.
    enum Input: String, CaseIterable { case trap, overflow, delay, breach, good, bad }

    init(scratch: String) {}

    func draw(_ mutator: inout Mutator) -> Input {
        guard mutator.chance(oneIn: 300) else { return mutator.chance(oneIn: 2) ? .good : .bad }
        return mutator.pick([.trap, .overflow, .delay, .breach])
    }

    func take(_ input: Input) throws -> Bool {
        switch input {
        case .trap: fatalError("a planted trap")
        case .overflow:
            // What is nested a million deep ends a stack when it is let go, level by level.
            return (0..<1_000_000).reduce(JSON.null) { inner, _ in .array([inner]) } != .null
        case .delay:
            let start = clock()
            // Twice as long as an input may take, in microseconds of the processor.
            while clock() - start < Limits.longNanoseconds / 500 {}
            return true
        case .breach: throw BrokenPromise("a planted breach")
        case .good: return true
        case .bad: return false
        }
    }

    static func bytes(of input: Input) -> [UInt8] { Array(input.rawValue.utf8) }
}
