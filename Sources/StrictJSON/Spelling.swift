/// Finds what a mistyped name was probably meant to be.
public enum Spelling {
    /// The candidate nearest to a word, if it is near enough to be meant.
    ///
    /// Near is up to a third of the word's letters wrong, missing, added or swapped with a neighbour; of equally near
    /// candidates the first is taken, and a candidate that is the word itself is none.
    public static func didYouMean(_ word: String, among candidates: [String]) -> String? {
        let typed = folded(word)
        guard typed.count <= Limits.maxComparedBytes else { return nil }
        var best: (candidate: String, distance: Int)?
        for candidate in candidates where candidate != word {
            let meant = folded(candidate)
            let tolerated = max(1, max(typed.count, meant.count) / 3)
            guard meant.count <= Limits.maxComparedBytes, abs(typed.count - meant.count) <= tolerated else {
                continue
            }
            let distance = distance(from: typed, to: meant)
            if distance <= tolerated, distance < best?.distance ?? .max, distance < typed.count {
                best = (candidate, distance)
            }
        }
        return best?.candidate
    }

    /// Case is no spelling mistake worth counting.
    private static func folded(_ word: String) -> [UInt8] { Array(word.lowercased().utf8) }

    /// Edits between two words, a swap of neighbours being one (optimal string alignment).
    private static func distance(from typed: [UInt8], to meant: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...meant.count)
        for (row, letter) in typed.enumerated() {
            var current = [row + 1]
            for (column, other) in meant.enumerated() {
                var edits = min(
                    last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == meant[column - 1], typed[row - 1] == other {
                    edits = min(edits, beforeLast[column - 1] + 1)
                }
                current.append(edits)
            }
            (beforeLast, last) = (last, current)
        }
        return last[meant.count]
    }
}
