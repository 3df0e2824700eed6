internal import Yams

/// One reading of a file: it goes on after a finding and tells all in the end.
final class Reading {
    private let file: String
    private var findings: [DirectoryFault.Finding] = []

    init(file: String) { self.file = file }

    func note(line: Int?, _ sentence: String) {
        guard findings.count < Limits.maxFindings else { return }
        findings.append(.init(file: file, line: line, sentence: sentence))
    }

    func throwFindings() throws(DirectoryFault) {
        guard !findings.isEmpty else { return }
        throw DirectoryFault(findings: findings.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
    }

    /// The document, if the text is YAML at all.
    func root(of text: String) throws(DirectoryFault) -> Node {
        if let why = PlainYAML.refusal(of: text) { throw DirectoryFault(file: file, why) }
        do {
            guard let root = try Yams.compose(yaml: text) else {
                throw DirectoryFault(file: file, "it is empty; start from the example directory")
            }
            return root
        } catch let fault as DirectoryFault {
            throw fault
        } catch {
            throw fault(for: error)
        }
    }

    private func fault(for error: any Error) -> DirectoryFault {
        let (line, sentence): (Int?, String) =
            switch error as? YamlError {
            case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
                .composer(_, let problem, let mark, _):
                (mark.line, "not YAML: \(problem); check indentation, quotes and colons")
            case .duplicatedKeysInMapping(let keys, let context):
                (context.mark.line, "\(keys.map(\.quoted).joined(separator: ", ")) stands twice; remove one")
            case .reader(let problem, _, _, _): (nil, "not YAML: \(problem)")
            default: (nil, "not YAML: \(error)")
            }
        return DirectoryFault(findings: [.init(file: file, line: line, sentence: sentence)])
    }
}

extension String {
    /// The text for an error: in quotes, on one line, cut where it gets long.
    var quoted: String {
        let line = prefix(Limits.maxShownCharacters).map { $0.isNewline ? " " : $0 }
        return "\"\(String(line))\(count > Limits.maxShownCharacters ? "…" : "")\""
    }
}
