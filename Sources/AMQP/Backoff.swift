/// Waits that double up to a bound, with a random half taken off, so that a fleet does not come back in step.
package struct Backoff {
    private let first: Duration
    private let most: Duration
    /// How many waits there were since the last success.
    package private(set) var tries = 0

    /// Begins with one wait, and ends at another.
    package init(first: Duration, most: Duration) {
        self.first = first
        self.most = most
    }

    /// The next wait.
    package mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
        let whole = min(most, first * (1 << min(tries, 20)))
        tries += 1
        return whole * Double.random(in: 0.5...1, using: &generator)
    }

    /// Begins anew, after a success.
    package mutating func reset() { tries = 0 }
}
