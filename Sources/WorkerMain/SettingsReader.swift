import Configuration

/// Reads keys from the first source that has them, and gathers what is wrong with them.
struct SettingsReader {
    /// A place where keys are set.
    struct Source {
        /// What a key is called there, for findings.
        let naming: (SettingKey) -> String
        /// Looks a key up.
        let lookUp: (SettingKey) throws -> ConfigContent?
    }

    private let sources: [Source]
    /// What is wrong so far.
    private(set) var findings: [String] = []

    /// Reads from these, the first one first.
    init(_ sources: [Source]) { self.sources = sources }

    /// Notes a finding that concerns no single key.
    mutating func refuse(_ finding: String) { findings.append(finding) }

    /// Notes what is wrong with a key's value, as the end of a sentence that begins with the place it is set at.
    mutating func refuse(_ key: SettingKey, _ why: String) {
        let place = sources.first { (try? $0.lookUp(key)) != nil }?.naming(key) ?? key.name
        findings.append("\(place) \(why)")
    }

    /// A text that is not empty; `nil` where it is not set.
    mutating func text(_ key: SettingKey) -> String? {
        guard case .string(let text)? = value(key, mustBe: "one value, without a comma") else { return nil }
        guard !text.isEmpty else {
            refuse(key, "must not be empty")
            return nil
        }
        return text
    }

    /// A text, or what holds where none is set; empty where it must be set and is not, which is a finding.
    mutating func text(_ key: SettingKey, otherwise standard: String?) -> String {
        let before = findings.count
        if let text = text(key) ?? standard { return text }
        if findings.count == before { findings.append(key.unset) }
        return ""
    }

    /// Texts, at least one; none where they are not set, which is a finding.
    mutating func list(_ key: SettingKey) -> [String] {
        let before = findings.count
        if case .stringArray(let texts)? = value(key, mustBe: "a list"), !texts.isEmpty { return texts }
        if findings.count == before { findings.append(key.unset) }
        return []
    }

    /// Yes or no; `nil` where it is not set.
    mutating func isOn(_ key: SettingKey) -> Bool? {
        guard case .bool(let isOn)? = value(key, mustBe: "true or false") else { return nil }
        return isOn
    }

    /// Whole seconds.
    mutating func seconds(_ key: SettingKey, in range: ClosedRange<Int>, otherwise standard: Int) -> Duration
    {
        guard let text = text(key) else { return .seconds(standard) }
        guard let seconds = Int(text), range.contains(seconds) else {
            refuse(
                key,
                "must be whole seconds from \(range.lowerBound) to \(range.upperBound), not \(text.quoted)")
            return .seconds(standard)
        }
        return .seconds(seconds)
    }

    private mutating func value(_ key: SettingKey, mustBe expected: String) -> ConfigContent? {
        for source in sources {
            do {
                if let content = try source.lookUp(key) { return content }
            } catch {
                findings.append("\(source.naming(key)) must be \(expected)")
                return nil
            }
        }
        return nil
    }
}

extension SettingKey {
    /// That it must be set, and how.
    var unset: String {
        let standard = otherwise.map { " (default: \($0))" } ?? ""
        let places = "set it in the file, or by \(variable), or by \(flag) \(placeholder)"
        return "\(name) is not set\(standard); \(places): \(meaning)"
    }
}

extension String {
    /// In quotes and cut, for a message.
    var quoted: String { "\"\(prefix(Limits.shownCharacters))\"" }
}
