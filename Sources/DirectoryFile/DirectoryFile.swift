internal import FoundationEssentials
internal import StrictYAML
public import Vocabulary

/// The teams' directory as operators write it: a YAML file of calendars, teams, users and products.
///
/// It is checked whole. What single entries say is checked first, then what they say of each other; each time all
/// findings are told. Values are text, whatever YAML would make of them: `team: no` names a team.
public enum DirectoryFile {
    /// Reads a file.
    ///
    /// - Throws: `DirectoryFault`, with every finding's line, key, value and remedy.
    public static func read(_ path: String) throws(DirectoryFault) -> Directory {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw DirectoryFault(file: name, "\(path) cannot be read; check that it is there and may be read")
        }
        guard bytes.count <= Limits.maxBytes else {
            throw DirectoryFault(
                file: name, "it has \(bytes.count) bytes; at most \(Limits.maxBytes) are taken")
        }
        return try parse(Array(bytes), file: name)
    }

    /// Reads the text of a file; its name is for the findings.
    public static func parse(_ text: String, file: String) throws(DirectoryFault) -> Directory {
        try parse(Array(text.utf8), file: file)
    }

    private static func parse(_ text: [UInt8], file: String) throws(DirectoryFault) -> Directory {
        let reading = Reading(file: file)
        let root = try reading.root(of: text)
        guard let mapping = root.mapping else {
            throw DirectoryFault(
                file: file, "it must be a mapping with the keys calendars, teams, users and products")
        }
        let document = Fields(of: mapping, at: root.line, named: "the directory", in: reading)
        let sections = Sections(document)
        document.refuseOthers()
        try reading.throwFindings()
        do {
            return try Directory(
                calendars: sections.calendars.map(\.value), teams: sections.teams.map(\.value),
                users: sections.users.map(\.value), products: sections.products.map(\.value))
        } catch {
            for problem in error.problems {
                reading.note(line: sections.line(of: problem), problem.sentence)
            }
            try reading.throwFindings()
            throw DirectoryFault(file: file, error.description)
        }
    }
}

extension DirectoryFault {
    /// A fault of the file as a whole.
    init(file: String, _ sentence: String) {
        findings = [Finding(file: file, line: nil, sentence: sentence)]
    }
}
