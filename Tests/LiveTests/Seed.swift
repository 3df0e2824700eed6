import Foundation

/// Randomness that a failed run can be repeated with: SplitMix64.
struct Seed: RandomNumberGenerator {
    private var state: UInt64

    /// Draws a seed, or takes that of `BATON_TEST_SEED`, and prints it.
    static func announced(_ test: String) -> Seed {
        let given = ProcessInfo.processInfo.environment["BATON_TEST_SEED"].flatMap { UInt64($0) }
        let seed = given ?? .random(in: 1...1_000_000)
        print("\(test): repeat with BATON_TEST_SEED=\(seed)")
        return Seed(state: seed)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
