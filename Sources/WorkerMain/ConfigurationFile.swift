import Configuration
import StrictJSON
import StrictYAML

/// The file that `--config` names: a mapping of known keys, nothing else.
struct ConfigurationFile {
    private let path: String
    /// `nil` for one that says nothing.
    private let root: YAML?

    /// Reads a file.
    ///
    /// - Parameter keys: those it may have.
    /// - Throws: where it cannot be read or is not YAML, and for every key that is none, with its line.
    init(_ path: String, _ keys: [SettingKey]) throws(SettingsFault) {
        self.path = path
        let bytes: [UInt8]
        do {
            bytes = try PlainFile.read(path, atMost: Limits.configurationBytes)
        } catch {
            throw SettingsFault(findings: ["the configuration file \(error)"])
        }
        do {
            root = try YAML.parse(bytes)
        } catch {
            throw SettingsFault(findings: ["\(path):\(error.line): \(error.reason)"])
        }
        var findings: [String] = []
        let known = keys.filter { $0.name != SettingKey.config.name }
        if let root { Self.check(root, below: [], in: path, known, &findings) }
        guard findings.isEmpty else { throw SettingsFault(findings: findings) }
    }

    /// Where its keys are looked up.
    var source: SettingsReader.Source {
        SettingsReader.Source(
            naming: { "\(path)\(value(of: $0).map { ":\($0.line)" } ?? ""): \($0.name)" },
            lookUp: content)
    }

    private func value(of key: SettingKey) -> YAML? {
        key.path.reduce(root) { $0?.mapping?[$1] }
    }

    private func content(of key: SettingKey) throws(Mismatch) -> ConfigContent? {
        guard let node = value(of: key) else { return nil }
        switch (key.shape, node.content) {
        case (.text, .text(let text)): return .string(text)
        case (.yesOrNo, .text(let text)):
            // As flags and variables say it.
            switch text.lowercased() {
            case "true", "yes", "1": return .bool(true)
            case "false", "no", "0": return .bool(false)
            default: throw Mismatch()
            }
        case (.list, .list(let values)):
            let texts = values.compactMap(\.text)
            guard texts.count == values.count else { throw Mismatch() }
            return .stringArray(texts)
        default: throw Mismatch()
        }
    }

    /// A value is not of its key's shape.
    private struct Mismatch: Error {}

    private static func check(
        _ node: YAML, below path: [String], in file: String, _ keys: [SettingKey],
        _ findings: inout [String]
    ) {
        guard let mapping = node.mapping else {
            findings.append(
                "\(file):\(node.line): \(path.isEmpty ? "it" : path.joined(separator: ".")) must be a mapping of keys"
            )
            return
        }
        for entry in mapping.entries {
            let here = path + [entry.key]
            if keys.contains(where: { $0.path == here }) { continue }
            if keys.contains(where: { $0.path.starts(with: here) }) {
                check(entry.value, below: here, in: file, keys, &findings)
                continue
            }
            let name = here.joined(separator: ".")
            let hint = Spelling.didYouMean(name, among: keys.map(\.name)).map {
                "; did you mean \($0)?"
            }
            findings.append(
                "\(file):\(entry.line): \(name) is no key of a worker's configuration\(hint ?? "")")
        }
    }
}
