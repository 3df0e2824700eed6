/// Which letters a pass met, by their places in the index: a bit each, so that the longest queue costs kilobytes.
struct Sightings {
    private let first: Int
    private var words: [UInt64] = []

    /// Begins with none.
    ///
    /// - Parameter first: the lowest place of the index; none below it is ever asked for.
    init(from first: Int) { self.first = first }

    /// Notes that a place was met.
    ///
    /// - Returns: whether it was not met before.
    mutating func meet(_ place: Int) -> Bool {
        let (word, bit) = position(of: place)
        if word >= words.count { words += Array(repeating: 0, count: word - words.count + 1) }
        defer { words[word] |= bit }
        return words[word] & bit == 0
    }

    /// Whether a place was met.
    func contains(_ place: Int) -> Bool {
        let (word, bit) = position(of: place)
        return word < words.count && words[word] & bit != 0
    }

    private func position(of place: Int) -> (word: Int, bit: UInt64) {
        precondition(place >= first, "place \(place) lies before the index began, at \(first)")
        let (word, bit) = (place - first).quotientAndRemainder(dividingBy: UInt64.bitWidth)
        return (word, 1 << UInt64(bit))
    }
}
