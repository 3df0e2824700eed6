extension Mutator {
    /// An example of a file in YAML, changed by lines, as bytes, or not at all.
    mutating func file(from examples: [String]) -> [UInt8] {
        let example = pick(examples)
        switch number(below: 10) {
        case 0: return Array(example.utf8)
        case 1, 2, 3: return bytes(from: [Array(example.utf8), Array(pick(examples).utf8)])
        default:
            var lines = example.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            for _ in 0..<changes() { change(&lines) }
            return Array(lines.joined(separator: "\n").utf8)
        }
    }

    private mutating func change(_ lines: inout [String]) {
        guard !lines.isEmpty else { return lines = [pick(Odd.yaml)] }
        let place = number(below: lines.count)
        let line = lines[place]
        switch number(below: 8) {
        case 0: lines.remove(at: place)
        case 1: lines.insert(line, at: number(below: lines.count))
        case 2: lines[place] = String(repeating: pick([" ", "  ", "\t"]), count: length(atMost: 8)) + line
        case 3: lines[place] = String(line.drop { $0 == " " })
        case 4: lines[place] = text(from: [line])
        case 5: lines.insert(pick(Odd.yaml), at: place)
        default:
            // The value of a key, or an entry of a list.
            guard let mark = line.lastIndex(where: { $0 == ":" || $0 == "-" }) else { return }
            lines[place] = line[...mark] + " " + pick(chance(oneIn: 2) ? Odd.yaml : Odd.texts)
        }
    }
}
