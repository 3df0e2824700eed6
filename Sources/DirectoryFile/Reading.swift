internal import StrictYAML

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
    func root(of text: [UInt8]) throws(DirectoryFault) -> YAML {
        do {
            if let root = try YAML.parse(text) { return root }
        } catch {
            throw DirectoryFault(findings: [.init(file: file, line: error.line, sentence: error.reason)])
        }
        throw DirectoryFault(file: file, "it is empty; start from the example directory")
    }
}

extension String {
    /// The text for an error: in quotes, on one line, cut where it gets long.
    var quoted: String {
        let line = prefix(Limits.maxShownCharacters).map { $0.isNewline ? " " : $0 }
        return "\"\(String(line))\(count > Limits.maxShownCharacters ? "…" : "")\""
    }
}
