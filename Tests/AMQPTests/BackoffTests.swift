import Testing
import Vocabulary

@testable import AMQP

@Suite struct BackoffTests {
    @Test("Waits double up to the bound, and chance takes off half at most")
    func doubling() {
        var generator = SeededGenerator(seed: 7)
        var backoff = Backoff(first: .milliseconds(100), most: .seconds(1))
        for whole in [100, 200, 400, 800, 1_000, 1_000, 1_000].map(Duration.milliseconds) {
            let wait = backoff.next(using: &generator)
            #expect(wait >= whole / 2 && wait <= whole)
        }
        backoff.reset()
        #expect(backoff.next(using: &generator) <= .milliseconds(100))
    }

    @Test("A hundred failures do not overflow")
    func bounded() {
        var generator = SeededGenerator(seed: 7)
        var backoff = Backoff(first: .milliseconds(200), most: .seconds(15))
        for _ in 0..<100 { #expect(backoff.next(using: &generator) <= .seconds(15)) }
    }

    @Test("The same seed makes the same waits, another seed others")
    func seeded() {
        func waits(seed: UInt64) -> [Duration] {
            var generator = SeededGenerator(seed: seed)
            var backoff = Backoff(first: .milliseconds(100), most: .seconds(15))
            return (0..<10).map { _ in backoff.next(using: &generator) }
        }
        #expect(waits(seed: 1) == waits(seed: 1))
        #expect(waits(seed: 1) != waits(seed: 2))
    }
}
