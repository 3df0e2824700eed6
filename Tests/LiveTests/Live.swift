import Foundation
import Testing
import Vocabulary

/// Tests of the built programs on real brokers, one at a time: each wants the machine for itself.
@Suite(.serialized) enum Live {}

extension SeededGenerator {
    /// Draws a seed, or takes that of `BATON_TEST_SEED`, and prints it.
    static func announced(_ test: String) -> SeededGenerator {
        let seed = number("BATON_TEST_SEED").map(UInt64.init) ?? .random(in: 1...1_000_000)
        print("\(test): repeat with BATON_TEST_SEED=\(seed)")
        return SeededGenerator(seed: seed)
    }
}

/// A whole number of the environment, for whoever wants a test larger, smaller or the same again.
func number(_ variable: String) -> Int? {
    ProcessInfo.processInfo.environment[variable].flatMap { Int($0) }
}
