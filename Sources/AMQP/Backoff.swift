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
