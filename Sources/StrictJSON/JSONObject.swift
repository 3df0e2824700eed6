/// The members of a JSON object, in document order, each name once.
///
/// Names are compared byte by byte: Swift's own comparison takes the Kelvin sign for a `K`.
public struct JSONObject: Sendable, ExpressibleByDictionaryLiteral {
    /// The members in the order they were written or added.
    public private(set) var members: [(key: String, value: JSON)]

    /// An object without members.
    public init() { members = [] }

    /// An object of these members; a name that stands twice is a programmer's mistake and stops the program.
    public init(_ members: [(String, JSON)]) {
        let keys = members.map(\.0).sorted()
        for (key, next) in zip(keys, keys.dropFirst()) {
            precondition(!key.isByteEqual(to: next), "the key \"\(key)\" stands twice in one object")
        }
        self.members = members.map { (key: $0.0, value: $0.1) }
    }

    /// An object of these members; their names must be unique.
    public init(dictionaryLiteral members: (String, JSON)...) { self.init(members) }

    /// Takes members whose names are known to be unique.
    init(unique members: [(key: String, value: JSON)]) { self.members = members }

    /// The names in order.
    public var keys: [String] { members.map(\.key) }

    /// Whether there are no members.
    public var isEmpty: Bool { members.isEmpty }

    /// The value of that name: a new name is added at the end, and setting `nil` removes it.
    public subscript(key: String) -> JSON? {
        get { index(of: key).map { members[$0].value } }
        set {
            switch (index(of: key), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append((key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// The same object without these names.
    public func removing(_ keys: [String]) -> JSONObject {
        JSONObject(unique: members.filter { member in !keys.contains { $0.isByteEqual(to: member.key) } })
    }

    /// Where a name stands, looking from `start` on and around the end: decoders ask in document order, mostly.
    func index(of key: String, from start: Int = 0) -> Int? {
        for index in start..<members.endIndex where members[index].key.isByteEqual(to: key) { return index }
        for index in 0..<start where members[index].key.isByteEqual(to: key) { return index }
        return nil
    }

    /// Adds a member whose name is known to be new.
    mutating func append(_ key: String, _ value: JSON) { members.append((key: key, value: value)) }

    /// Puts a value in the place of the one there.
    mutating func replace(at index: Int, with value: JSON) { members[index].value = value }
}

extension JSONObject: Equatable {
    /// Whether both have the same members, in whatever order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.members.count == right.members.count else { return false }
        for (position, member) in left.members.enumerated() {
            guard let index = right.index(of: member.key, from: position) else { return false }
            guard right.members[index].value == member.value else { return false }
        }
        return true
    }
}
