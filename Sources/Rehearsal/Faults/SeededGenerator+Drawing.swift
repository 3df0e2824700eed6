public import Vocabulary

/// How a rehearsal, and a scenario's people, draw what happens.
extension SeededGenerator {
    /// Whether something happens that happens so many times in a thousand; nothing is drawn for never.
    public mutating func chance(_ perMille: Int) -> Bool {
        perMille > 0 && Int.random(in: 0..<1000, using: &self) < perMille
    }

    /// A duration within bounds, in milliseconds.
    public mutating func duration(_ milliseconds: ClosedRange<Int>) -> Duration {
        .milliseconds(Int.random(in: milliseconds, using: &self))
    }

    /// One of several; there must be one.
    public mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &self)]
    }

    /// A generator for one part of a history: what is drawn there changes nothing elsewhere.
    public mutating func fork() -> SeededGenerator { SeededGenerator(seed: next()) }
}
