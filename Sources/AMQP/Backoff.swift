/// Waits that double up to a bound, with a random half taken off, so that a fleet does not come back in step.
struct Backoff {
    private let first: Duration
    private let most: Duration
    private(set) var tries = 0

    init(first: Duration, most: Duration) {
        self.first = first
        self.most = most
    }

    /// The next wait.
    mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
        let whole = min(most, first * (1 << min(tries, 20)))
        tries += 1
        return whole * Double.random(in: 0.5...1, using: &generator)
    }

    /// Begins anew, after a success.
    mutating func reset() { tries = 0 }
}

/// Randomness from a seed: SplitMix64, good enough for jitter.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
