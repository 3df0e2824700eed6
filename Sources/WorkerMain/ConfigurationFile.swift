import Configuration
import StrictJSON
import Yams

/// The file that `--config` names: a mapping of known keys, nothing else.
struct ConfigurationFile {
    private let path: String
    private let snapshot: YAMLSnapshot

    /// Reads a file.
    ///
    /// - Throws: where it cannot be read or is not YAML, and for every key that is none, with its line.
    init(_ path: String) throws(SettingsFault) {
        self.path = path
        let bytes: [UInt8]
        do {
            bytes = try PlainFile.read(path, atMost: Limits.configurationBytes)
        } catch {
            throw SettingsFault(findings: ["the configuration file \(error)"])
        }
        do {
            let root = try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self))
            var findings: [String] = []
            Self.check(root, below: [], in: path, &findings)
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
        _ node: Node?, below path: [String], in file: String, _ findings: inout [String]
    ) {
        guard let node else { return }
        guard let mapping = node.mapping else {
            findings.append(
                "\(file): \(path.isEmpty ? "it" : path.joined(separator: ".")) must be a mapping of keys")
            return
        }
        for (key, value) in mapping {
            let here = path + [key.string ?? "(not text)"]
            if SettingKey.inFile.contains(where: { $0.path == here }) { continue }
            if SettingKey.inFile.contains(where: { $0.path.starts(with: here) }) {
                check(value, below: here, in: file, &findings)
                continue
            }
            let name = here.joined(separator: ".")
            let hint = Spelling.didYouMean(name, among: SettingKey.inFile.map(\.name)).map {
                "; did you mean \($0)?"
            }
            let line = key.mark.map { ":\($0.line)" } ?? ""
            findings.append("\(file)\(line): \(name) is no key of a worker's configuration\(hint ?? "")")
        }
    }
}

extension SettingKey {
    /// Those that a file may set: all but the name of the file.
    fileprivate static let inFile = all.filter { $0.name != config.name }
}
