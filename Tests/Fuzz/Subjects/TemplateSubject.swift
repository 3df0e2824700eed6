import Foundation
import MailWorld
import StrictJSON
import Vocabulary

/// Mail templates, and what is filled into them.
struct TemplateSubject: Subject {
    private let file: ScratchFile
    private let folder: String
    private let templates: [String]
    private let fields: [JSON]

    init(scratch: String) throws {
        folder = "\(scratch)/templates"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        file = try ScratchFile("mail.mustache", in: folder)
        templates = try Examples.texts(in: "Deploy/templates", suffix: ".mustache")
        guard let fields = Examples.approved("notifier", "send-mail-v1")?["fields"] else {
            throw BrokenPromise("there is no approved mail to take fields from")
        }
        self.fields = [fields]
    }

    func draw(_ mutator: inout Mutator) -> (template: [UInt8], fields: JSON) {
        let isChanged = mutator.chance(oneIn: 2)
        let template = isChanged ? mutator.file(from: templates) : Array(mutator.pick(templates).utf8)
        return (template, mutator.chance(oneIn: 2) ? mutator.changed(fields[0], fields) : fields[0])
    }

    func take(_ input: (template: [UInt8], fields: JSON)) throws -> Bool {
        try file.write(input.template)
        do throws(MailFault) {
            _ = try Templates(folder: folder).render("mail", fields: input.fields)
            return true
        } catch {
            guard !error.description.isEmpty else { throw BrokenPromise("it is refused without a word") }
            return false
        }
    }

    static func bytes(of input: (template: [UInt8], fields: JSON)) -> [UInt8] {
        input.template + Array("\n---\n".utf8) + input.fields.serialized()
    }
}
