import Foundation
import StrictJSON

/// Good examples that lie in the repository.
enum Examples {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../..").standardized

    /// A file's text.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The files of a folder whose names end so, in the order of their names.
    static func texts(in folder: String, suffix: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
            .filter { $0.hasSuffix(suffix) }.sorted().map { try text("\(folder)/\($0)") }
    }

    /// A message as it was approved, by its worker and name; `nil` where there is none.
    static func approved(_ worker: String, _ name: String) -> JSON? {
        try? JSON(parsing: Array(text("Tests/WorkersTests/Approved/\(worker)/\(name).json").utf8))
    }

    /// Every message as it was approved, every schema, every memory.
    static func approved() throws -> [JSON] {
        let folder = "Tests/WorkersTests/Approved"
        return try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
            .flatMap { try texts(in: "\(folder)/\($0)", suffix: ".json") }
            .map { try JSON(parsing: Array($0.utf8)) }
    }
}
