import Foundation

/// A file that is written anew for every input.
struct ScratchFile {
    let path: String

    /// - Parameter name: its own in the folder.
    init(_ name: String, in scratch: String, _ content: [UInt8] = []) throws {
        path = "\(scratch)/\(name)"
        // What holds passwords, nobody else may read.
        let isMade = FileManager.default.createFile(
            atPath: path, contents: Data(content), attributes: [.posixPermissions: 0o600])
        guard isMade else { throw BrokenPromise("\(path) cannot be written") }
    }

    func write(_ content: [UInt8]) throws { try Data(content).write(to: URL(filePath: path)) }
}
