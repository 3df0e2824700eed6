internal import StrictJSON
internal import StrictYAML
internal import Vocabulary

/// The keys and values of one mapping, each asked for by its name.
final class Fields {
    /// What it describes, for findings: `team "ems"`.
    let owner: String

    /// The line it begins on.
    let line: Int

    private let mapping: YAML.Mapping
    private let reading: Reading
    private var known: [String] = []

    init(of mapping: YAML.Mapping, at line: Int, named owner: String, in reading: Reading) {
        self.mapping = mapping
        self.owner = owner
        self.reading = reading
        self.line = line
    }

    /// Whether a key stands there.
    func has(_ key: String) -> Bool { mapping[key] != nil }

    /// The line a key stands on, or the mapping's.
    func line(of key: String) -> Int { mapping.entry(key)?.line ?? line }

    /// A text of one line.
    func text(_ key: String) -> String? {
        value(key, rule: "be a text of 1 to \(Limits.maxLineLength) characters on one line") { text in
            let isLine = (1...Limits.maxLineLength).contains(text.count) && !text.contains(where: \.isNewline)
            return isLine ? text : nil
        }
    }

    /// A value that must be there.
    func value<T: TextValue>(_ key: String, as type: T.Type = T.self) -> T? {
        value(key, rule: T.rule, T.init(rawValue:))
    }

    /// A value that may be left out.
    func optionalValue<T: TextValue>(_ key: String, as type: T.Type = T.self) -> T? {
        node(key) == nil ? nil : value(key)
    }

    /// One of an enumeration's values.
    func choice<T: RawRepresentable<String> & CaseIterable>(_ key: String, as type: T.Type = T.self) -> T? {
        let cases = T.allCases.map(\.rawValue)
        return value(
            key, rule: "be one of \(cases.map(\.quoted).joined(separator: ", "))", among: cases, T.init)
    }

    /// A value checked by its own rule.
    func value<T>(
        _ key: String, rule: String, among known: [String] = [], _ make: (String) -> T?
    ) -> T? {
        guard let node = required(key) else { return nil }
        return value(of: node, key, rule: rule, among: known, make)
    }

    /// Values in a list, or one without it; none if the key is left out.
    func list<T: TextValue>(_ key: String, as type: T.Type = T.self) -> [T] {
        list(key, rule: T.rule, T.init(rawValue:))
    }

    /// Values of which there must be one at least.
    func nonEmptyList<T: TextValue>(_ key: String, as type: T.Type = T.self, remedy: String) -> [T] {
        let values = list(key, as: type)
        if node(key)?.list?.isEmpty ?? (node(key) == nil) {
            note(key, "\(key) of \(owner) is empty or missing; \(remedy)")
        }
        return values
    }

    /// Values checked by a rule of their own.
    func list<T>(_ key: String, rule: String, _ make: (String) -> T?) -> [T] {
        guard let node = node(key) else { return [] }
        let nodes = node.list ?? [node]
        return nodes.compactMap { value(of: $0, key, rule: rule, make) }
    }

    /// A mapping under a key.
    func fields(_ key: String) -> Fields? {
        guard let node = node(key) else { return nil }
        guard let mapping = node.mapping else {
            note(node, "\(key) of \(owner) must be a mapping of keys and values")
            return nil
        }
        return Fields(of: mapping, at: node.line, named: owner, in: reading)
    }

    /// The mappings of a list, each named by one of its values.
    func entries(_ key: String, of kind: String, namedBy name: String) -> [Fields] {
        guard let node = node(key) else { return [] }
        guard let list = node.list else {
            note(node, "\(key) must be a list: entries that begin with \"- \(name): …\"")
            return []
        }
        return list.enumerated().compactMap { index, entry in
            guard let mapping = entry.mapping else {
                note(entry, "entry \(index + 1) of \(key) must be a mapping with \(name) and other keys")
                return nil
            }
            let title = mapping[name]?.text.map { "\(kind) \($0.quoted)" } ?? "entry \(index + 1) of \(key)"
            return Fields(of: mapping, at: entry.line, named: title, in: reading)
        }
    }

    /// Finds keys that were not asked for; called last.
    func refuseOthers() {
        for entry in mapping.entries where !known.contains(entry.key) {
            let meant = Spelling.didYouMean(entry.key, among: known.filter { mapping[$0] == nil })
            let remedy = meant.map { "did you mean \($0)?" } ?? "known are \(known.joined(separator: ", "))"
            reading.note(line: entry.line, "\(entry.key.quoted) is not a known key of \(owner); \(remedy)")
        }
    }

    /// Notes a finding about a key, on its line.
    func note(_ key: String, _ sentence: String) { reading.note(line: line(of: key), sentence) }

    private func note(_ node: YAML, _ sentence: String) { reading.note(line: node.line, sentence) }

    private func node(_ key: String) -> YAML? {
        if !known.contains(key) { known.append(key) }
        return mapping[key]
    }

    private func required(_ key: String) -> YAML? {
        if let node = node(key) { return node }
        reading.note(line: line, "\(key) of \(owner) is missing")
        return nil
    }

    private func value<T>(
        of node: YAML, _ key: String, rule: String, among known: [String] = [], _ make: (String) -> T?
    ) -> T? {
        guard let text = node.text else {
            note(node, "\(key) of \(owner) must \(rule), not a list or a mapping")
            return nil
        }
        guard let value = make(text) else {
            let meant = Spelling.didYouMean(text, among: known).map { "; did you mean \($0.quoted)?" } ?? ""
            note(node, "\(key) of \(owner) must \(rule), not \(text.quoted)\(meant)")
            return nil
        }
        return value
    }
}
