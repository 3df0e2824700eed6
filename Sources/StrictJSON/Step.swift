/// How a value is reached from the one that contains it; kept instead of paths, which only failures need.
enum Step {
    case root
    case key(String)
    case index(Int)

    /// The step as the standard library's coders name it.
    var codingKey: (any CodingKey)? {
        switch self {
        case .root: nil
        case .key(let name): TreeKey(name)
        case .index(let index): TreeKey(index)
        }
    }
}

/// A name or a position as a coding key.
struct TreeKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ name: String) {
        stringValue = name
        intValue = nil
    }

    init(_ index: Int) {
        stringValue = String(index)
        intValue = index
    }

    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { self.init(intValue) }
}
