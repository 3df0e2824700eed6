import Engine
import Foundation
import MailWorld
import StrictJSON
import Vocabulary

enum Sample {
    /// The templates beside these tests.
    static func templates() throws -> Templates {
        try Templates(folder: Bundle.module.bundleURL.appending(path: "Templates").path)
    }

    /// Fields that fill the template.
    static let fields: JSONObject = [
        "team": "Süd & Söhne <alle>", "title": "Bitte \"prüfen\"", "overdue": false,
        "lines": [["label": "firm", "value": "Müller"], ["label": "seats", "value": "12"]],
    ]

    /// An effect that orders a mail.
    static func effect(
        _ id: String = "e1", to: EmailAddress = "team@example.org", _ fields: JSONObject = Sample.fields
    ) throws -> EffectRow {
        EffectRow(
            id: id, caseID: "saas-to-local/4711", type: "notifier.mail.v1",
            data: try JSON(encoding: MailOrder(to: to, template: "handoff-asked", fields: fields)), at: nil)
    }
}

/// A folder that goes with the test that made it.
final class TemporaryFolder {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "baton-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        path = url.path
        for (name, text) in files { try write(name, text) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String, mode: Int = 0o600) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(path)/\(name)")
    }
}
