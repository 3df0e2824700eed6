import Configuration
import DirectoryFile
import StrictJSON
import Yams

/// The file that `--config` names: a mapping of known keys, nothing else.
struct ConfigurationFile {
    private let path: String
    private let snapshot: YAMLSnapshot

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
        let text = String(decoding: bytes, as: UTF8.self)
        if let why = PlainYAML.refusal(of: text) { throw SettingsFault(findings: ["\(path): \(why)"]) }
        do {
            let root = try Yams.compose(yaml: text)
            var findings: [String] = []
            let known = keys.filter { $0.name != SettingKey.config.name }
            Self.check(root, below: [], in: path, known, &findings)
            guard findings.isEmpty else { throw SettingsFault(findings: findings) }
            snapshot = try YAMLSnapshot(
                data: (root == nil ? Array("{}".utf8) : bytes).span.bytes, providerName: path,
                parsingOptions: .default)
        } catch let fault as SettingsFault {
            throw fault
        } catch {
            throw SettingsFault(findings: ["\(path) is not YAML that can be read: \(error)"])
        }
    }

    /// Where its keys are looked up.
    var source: SettingsReader.Source {
        SettingsReader.Source(
            naming: { "\(path): \($0.name)" },
            lookUp: { try snapshot.value(forKey: AbsoluteConfigKey($0.path), type: $1) })
    }

    private static func check(
        _ node: Node?, below path: [String], in file: String, _ keys: [SettingKey],
        _ findings: inout [String]
    ) {
        guard let node else { return }
        guard let mapping = node.mapping else {
            findings.append(
                "\(file): \(path.isEmpty ? "it" : path.joined(separator: ".")) must be a mapping of keys")
            return
        }
        for (key, value) in mapping {
            let here = path + [key.string ?? "(not text)"]
            if keys.contains(where: { $0.path == here }) { continue }
            if keys.contains(where: { $0.path.starts(with: here) }) {
                check(value, below: here, in: file, keys, &findings)
                continue
            }
            let name = here.joined(separator: ".")
            let hint = Spelling.didYouMean(name, among: keys.map(\.name)).map {
                "; did you mean \($0)?"
            }
            let line = key.mark.map { ":\($0.line)" } ?? ""
            findings.append("\(file)\(line): \(name) is no key of a worker's configuration\(hint ?? "")")
        }
    }
}
