internal import ArgumentParser
internal import StrictJSON

/// The manual page of one command, in the macros of man(7).
///
/// It is made of what the argument parser knows, so it cannot drift from `--help`.
struct ManualPage {
    /// Its file, such as `baton-case-list.1`.
    let file: String
    /// The page.
    let text: String

    /// One for `baton` and each of its subcommands.
    static func all() throws(DocumentFault) -> [ManualPage] {
        do {
            let dump = Array(Baton._dumpHelp().utf8)
            let tool = try JSON(parsing: dump, maxBytes: dump.count)
            return pages(of: CommandDescription(tool["command"] ?? .null, below: []))
        } catch {
            throw .notJSON("the parser's description of baton", error)
        }
    }

    private static func pages(of command: CommandDescription) -> [ManualPage] {
        [ManualPage(command)] + command.subcommands.flatMap { pages(of: $0) }
    }

    private init(_ command: CommandDescription) {
        file = "\(command.names.joined(separator: "-")).1"
        text = Self.lines(command).map { "\($0)\n" }.joined()
    }

    private static func lines(_ command: CommandDescription) -> [String] {
        let name = command.names.joined(separator: "-")
        var lines = [
            #".TH "\#(name.uppercased().roff)" 1 "" "" "Baton""#, ".SH NAME",
            "\(name.roff) \\- \(command.abstract.roff)", ".SH SYNOPSIS",
            ".B \(command.names.joined(separator: " ").roff)",
            command.synopsis.roff.startingLine,
        ]
        let paragraphs = command.discussion.split(separator: "\n", omittingEmptySubsequences: false)
        if !command.discussion.isEmpty {
            lines.append(".SH DESCRIPTION")
            lines += paragraphs.flatMap { $0.isEmpty ? [".PP"] : [String($0).roff.startingLine, ".br"] }
        }
        if !command.arguments.isEmpty {
            lines.append(".SH OPTIONS")
            for argument in command.arguments {
                lines += [".TP", ".B \(argument.title.roff)", argument.explanation.roff.startingLine]
            }
        }
        let related = command.subcommands.map { ($0, $0.names.joined(separator: "-")) }
        if !related.isEmpty {
            lines.append(".SH COMMANDS")
            for (subcommand, page) in related {
                lines += [".TP", ".BR \(page.roff) (1)", subcommand.abstract.roff.startingLine]
            }
        }
        lines += [".SH EXIT STATUS"]
        for status in ExitStatus.allCases { lines += [".TP", ".B \(status.rawValue)", status.meaning.roff] }
        if command.names.count > 1 {
            lines += [".SH SEE ALSO", ".BR \(command.names.dropLast().joined(separator: "-").roff) (1)"]
        }
        return lines
    }
}

/// What the argument parser says of one command.
private struct CommandDescription {
    let names: [String]
    let abstract: String
    let discussion: String
    let arguments: [ArgumentDescription]
    let subcommands: [CommandDescription]

    init(_ json: JSON, below parents: [String]) {
        let names = parents + [json["commandName"]?.stringValue ?? ""]
        self.names = names
        abstract = json["abstract"]?.stringValue ?? ""
        discussion = json["discussion"]?.stringValue ?? ""
        arguments = (json["arguments"]?.arrayValue ?? []).filter { $0["shouldDisplay"] != false }
            .map { ArgumentDescription($0) }
        subcommands = (json["subcommands"]?.arrayValue ?? [])
            .filter { $0["shouldDisplay"] != false && $0["commandName"] != "help" }
            .map { CommandDescription($0, below: names) }
    }

    var synopsis: String {
        guard subcommands.isEmpty else { return "command" }
        return (["[options]"] + arguments.filter(\.isPositional).map(\.title)).joined(separator: " ")
    }
}

/// What the argument parser says of one argument.
private struct ArgumentDescription {
    let title: String
    let explanation: String
    let isPositional: Bool

    init(_ json: JSON) {
        isPositional = json["kind"] == "positional"
        let value = json["valueName"]?.stringValue ?? ""
        let names = (json["names"]?.arrayValue ?? []).map { name in
            (name["kind"] == "short" ? "-" : "--") + (name["name"]?.stringValue ?? "")
        }
        if isPositional {
            title = json["isOptional"] == true ? "[\(value)]" : value
        } else {
            title = names.joined(separator: ", ") + (json["kind"] == "option" ? " \(value)" : "")
        }
        let values = json["allValues"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let notes = [
            values.isEmpty ? nil : "values: \(values.joined(separator: ", "))",
            json["defaultValue"]?.stringValue.map { "default: \($0)" },
        ].compactMap(\.self)
        let abstract = json["abstract"]?.stringValue ?? ""
        explanation = notes.isEmpty ? abstract : "\(abstract) (\(notes.joined(separator: "; ")))"
    }
}

extension String {
    /// The text with nothing in it that roff would take for its own.
    fileprivate var roff: String { replacing("\\", with: "\\e").replacing("-", with: "\\-") }

    /// As a line of text, which begins with no control character.
    fileprivate var startingLine: String { hasPrefix(".") || hasPrefix("'") ? "\\&\(self)" : self }
}
