import Foundation
import Mustache
public import StrictJSON
import Vocabulary

/// A folder of mail templates, read and compiled whole: `<name>.mustache`, its first line `Subject: …`, the text after.
///
/// Of Mustache they use fields, sections, inverted sections and comments; in lists `first()`, `last()`, `index()`,
/// `even()` and `odd()` as well. Mails are plain text, so nothing is escaped.
public struct Templates: Sendable {
    private struct Template {
        let subject: MustacheTemplate
        let body: MustacheTemplate
    }

    private var templates: [String: Template] = [:]
    private let folder: String

    /// Reads a folder.
    ///
    /// - Throws: ``MailFault/templates(_:)``, with everything that is wrong: file, line and remedy.
    public init(folder: String) throws(MailFault) {
        self.folder = folder
        guard let entries = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw .templates(["the templates folder \(folder) cannot be read; name a folder that can"])
        }
        let files = entries.filter { $0.hasSuffix(".mustache") }.sorted()
        guard (1...Limits.templates).contains(files.count) else {
            throw .templates(
                [
                    "the templates folder \(folder) must hold 1 to \(Limits.templates) files named *.mustache, not \(files.count)"
                ]
            )
        }
        var findings: [String] = []
        for file in files {
            do {
                let name = String(file.dropLast(".mustache".count))
                guard TemplateName(rawValue: name) != nil else {
                    throw MailFault.templates(["\(folder)/\(file): its name must \(TemplateName.rule)"])
                }
                templates[name] = try Self.read("\(folder)/\(file)")
            } catch {
                findings.append("\(error)")
            }
        }
        guard findings.isEmpty else { throw .templates(findings) }
    }

    /// Writes a mail's subject and text.
    ///
    /// - Throws: ``MailFault/order(_:)``, where there is no such template, or a field that it names.
    public func render(_ name: TemplateName, fields: JSON) throws(MailFault) -> (
        subject: String, body: String
    ) {
        guard let template = templates[name.rawValue] else {
            let known = templates.keys.sorted().joined(separator: ", ")
            throw .order("there is no template \(name) in \(folder), only \(known)")
        }
        let root = try Fields(fields)
        let subject = template.subject.render(root)
        let body = template.body.render(root)
        guard root.missing.isEmpty else {
            throw .order(
                "the template \(name) names \(root.missing.joined(separator: ", ")), which .fields lacks")
        }
        return (subject, body)
    }

    // MARK: Reading

    /// Mustache escapes for HTML unless told otherwise; it takes a line of its own away.
    private static let pragma = "{{% CONTENT_TYPE: TEXT}}"
    private static let opening = "Subject: "

    private static func read(_ path: String) throws(MailFault) -> Template {
        guard let bytes = FileManager.default.contents(atPath: path), bytes.count <= Limits.templateBytes,
            let text = String(data: bytes, encoding: .utf8)
        else {
            throw .templates(["\(path): must be readable UTF-8 of at most \(Limits.templateBytes) bytes"])
        }
        let lines = text.replacing("\r\n", with: "\n").split(
            separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard lines.count == 2, lines[0].hasPrefix(opening) else {
            throw .templates(["\(path), line 1: must begin with \"\(opening)\" and be followed by the text"])
        }
        try check(lines[0], path, line: 1)
        for (index, line) in lines[1].split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            try check(line, path, line: index + 2)
        }
        return Template(
            subject: try compile("\(pragma)\(lines[0].dropFirst(opening.count))", path),
            body: try compile("\(pragma)\n\(lines[1])", path))
    }

    /// Refuses tags whose mistakes would show in a mail only, as nothing.
    private static func check(_ line: Substring, _ path: String, line number: Int) throws(MailFault) {
        let tag = /([#^\/])?\s*([A-Za-z][A-Za-z0-9]*|\.|(first|last|index|even|odd)\(\))\s*|![^{}]*/
        var rest = line
        while let start = rest.firstRange(of: "{{") {
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "}}"), rest[..<end.lowerBound].wholeMatch(of: tag) != nil
            else {
                let shown = String(rest.prefix { $0 != "}" }).quoted
                throw .templates(
                    [
                        "\(path), line \(number): the tag \(shown) must be a field's name, #name, ^name, /name or a "
                            + "comment (!), on one line"
                    ])
            }
            rest = rest[end.upperBound...]
        }
    }

    private static func compile(_ text: String, _ path: String) throws(MailFault) -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: text)
        } catch let fault as MustacheTemplate.ParserError {
            throw .templates(
                [
                    "\(path), line \(fault.context.lineNumber): \(fault.error); close each section where it belongs"
                ])
        } catch {
            throw .templates(["\(path): \(error)"])
        }
    }
}
