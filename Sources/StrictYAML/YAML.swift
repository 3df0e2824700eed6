/// A file of YAML as a tree: texts, lists and mappings, each with the line it begins on.
///
/// Every scalar is text, whatever YAML would make of it: `no` is a word, `1.10` is no number.
public struct YAML: Sendable {
    /// What stands there.
    public enum Content: Sendable {
        /// Text; empty where a key has no value.
        case text(String)
        /// Values in order.
        case list([YAML])
        /// Values by their keys.
        case mapping(Mapping)
    }

    /// What stands there.
    public let content: Content

    /// The line it begins on, from 1.
    public let line: Int
}

extension YAML {
    /// The text, if it is one.
    public var text: String? {
        guard case .text(let text) = content else { return nil }
        return text
    }

    /// The values, if it is a list.
    public var list: [YAML]? {
        guard case .list(let values) = content else { return nil }
        return values
    }

    /// The values by their keys, if it is a mapping.
    public var mapping: Mapping? {
        guard case .mapping(let mapping) = content else { return nil }
        return mapping
    }
}

extension YAML {
    /// Keys and their values, in the order of the file; no key stands twice.
    public struct Mapping: Sendable {
        /// A key and its value.
        public struct Entry: Sendable {
            /// The key.
            public let key: String
            /// The line the key stands on, from 1.
            public let line: Int
            /// The value.
            public let value: YAML
        }

        /// All there are.
        public private(set) var entries: [Entry] = []
        private var places: [String: Int] = [:]

        /// The value of a key.
        public subscript(key: String) -> YAML? { entry(key)?.value }

        /// A key with its value.
        public func entry(_ key: String) -> Entry? { places[key].map { entries[$0] } }

        /// Adds an entry, unless its key is there.
        mutating func add(_ entry: Entry) -> Bool {
            guard places[entry.key] == nil else { return false }
            places[entry.key] = entries.count
            entries.append(entry)
            return true
        }
    }
}
