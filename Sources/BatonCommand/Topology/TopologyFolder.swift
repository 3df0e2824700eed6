internal import Foundation
internal import TopologyKit

/// The folder of what is generated from the declarations and checked in.
struct TopologyFolder {
    /// A file that is not as generated.
    struct StaleFile: Equatable {
        /// Its path within the folder.
        let path: String
        /// What it should hold; `nil` where it should not be.
        let text: String?

        var isWanted: Bool { text != nil }
    }

    /// Where it is.
    let path: String

    /// The files that are missing, otherwise, or schemas of messages that are no more.
    func stale(from generated: [GeneratedFile]) -> [StaleFile] {
        let wanted = generated.filter { file in
            let found = FileManager.default.contents(atPath: "\(path)/\(file.path)")
            return found != Data(file.text.utf8)
        }
        let schemas =
            (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(Topology.schemaFolder)")) ?? []
        let known = Set(generated.map(\.path))
        let left = schemas.filter { $0.hasSuffix(".json") }.map { "\(Topology.schemaFolder)/\($0)" }
            .filter { !known.contains($0) }
        return wanted.map { StaleFile(path: $0.path, text: $0.text) }
            + left.sorted().map { StaleFile(path: $0, text: nil) }
    }

    /// Writes and removes what is stale.
    func renew(_ files: [StaleFile]) throws(FileFault) {
        for file in files {
            let place = URL(filePath: "\(path)/\(file.path)")
            do {
                guard let text = file.text else {
                    try FileManager.default.removeItem(at: place)
                    continue
                }
                try FileManager.default.createDirectory(
                    at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: place, options: .atomic)
            } catch {
                throw .unwritable(place.path, why: error.localizedDescription)
            }
        }
    }
}
