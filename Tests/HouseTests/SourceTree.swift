import Foundation

/// The repository as it lies on disk.
enum SourceTree {
    /// Its top level.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// What people wrote there.
    static let written = ["Package.swift", "README.md", ".ci", "Deploy", "Sources", "Tests", "Topology"]

    /// What a folder holds, by name.
    static func entries(of folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path).sorted()
    }

    /// The text files below some places, by path; places that are not there hold none.
    static func files(in places: String..., suffix: String = "") throws -> [SourceFile] {
        try places.flatMap { place in
            let url = root.appendingPathComponent(place)
            let below = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
            // An enumerator finds nothing below a file, which then stands for itself.
            let paths = below.isEmpty ? [place] : below.map { "\(place)/\($0)" }
            return try paths.sorted().filter { $0.hasSuffix(suffix) }.compactMap { try SourceFile($0) }
        }
    }
}

/// A text file of the repository.
struct SourceFile {
    /// Its path below the top level.
    let path: String
    /// Its lines.
    let lines: [String]

    /// Reads a file; `nil` where it is a folder, is not there, or is no text.
    init?(_ path: String) throws {
        let url = SourceTree.root.appendingPathComponent(path)
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// Its name without the folders.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The folder right below `Sources` or `Tests` that it belongs to.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    /// The modules it imports.
    var imports: [String] {
        lines.filter { $0.contains("import ") }.compactMap { line in
            let pattern =
                /^(@testable |@preconcurrency )?((public|package|internal|private) )?import (\w+ )?(?<module>\w+)/
            return line.firstMatch(of: pattern).map { String($0.module) }
        }
    }

    /// Where any of these words stands, in lines that match a pattern, as `path:line: text`.
    ///
    /// The words come first because looking for them is a hundred times quicker than matching.
    func offences(of words: [String], matching pattern: Regex<some Any> = /./) -> [String] {
        lines.enumerated()
            .filter { _, line in words.contains { line.contains($0) } && line.contains(pattern) }
            .map { place($0, $1) }
    }

    /// A line as `path:line: text`, counted from zero.
    func place(_ index: Int, _ line: String) -> String {
        "\(path):\(index + 1): \(line.trimmingCharacters(in: .whitespaces))"
    }
}
