import Vocabulary

/// Draws inputs at random: the same seed, kind and number make the same input.
struct Mutator {
    private var generator: SeededGenerator

    /// Begins an input of a kind by its number.
    init(seed: UInt64, _ kind: String, _ number: Int) {
        generator = SeededGenerator(seed: seed)
        for word in kind.utf8.map(UInt64.init) + [UInt64(number)] {
            generator = SeededGenerator(seed: generator.next() ^ word)
        }
    }

    /// Whether one of so many chances came.
    mutating func chance(oneIn count: Int) -> Bool { number(below: count) == 0 }

    /// A number from 0.
    mutating func number(below bound: Int) -> Int { Int.random(in: 0..<max(1, bound), using: &generator) }

    /// One of these.
    ///
    /// - Precondition: there is one.
    mutating func pick<C: RandomAccessCollection>(_ choices: C) -> C.Element {
        choices[choices.index(choices.startIndex, offsetBy: number(below: choices.count))]
    }

    /// How often an example is changed: once, mostly.
    mutating func changes() -> Int {
        var count = 1
        while count < 16, chance(oneIn: 3) { count += 1 }
        return count
    }

    /// A length that is small, mostly, and large at times.
    mutating func length(atMost most: Int) -> Int {
        guard most > 1 else { return most }
        return 1 + number(below: min(most, pick([2, 8, 32, 256, most])))
    }

    /// A place where a stretch begins and ends, neither beyond the end.
    mutating func range(in count: Int) -> Range<Int> {
        guard count > 0 else { return 0..<0 }
        let start = number(below: count)
        return start..<start + length(atMost: count - start)
    }
}
