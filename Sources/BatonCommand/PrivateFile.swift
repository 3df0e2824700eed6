internal import Foundation
internal import Glibc

/// A small file that may hold a password, and that only its owner may open.
enum PrivateFile {
    /// Reads a file whole.
    ///
    /// - Throws: ``FileFault``, where it cannot be read, is longer than `count` bytes, or is open to others.
    static func read(_ path: String, atMost count: Int) throws(FileFault) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .unreadable(path, why: String(cString: strerror(errno))) }
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(path, why: "it is not a file")
        }
        guard status.st_mode & 0o077 == 0 else { throw .exposed(path) }
        let bytes: Data
        do { bytes = try handle.read(upToCount: count + 1) ?? Data() } catch {
            throw .unreadable(path, why: error.localizedDescription)
        }
        guard bytes.count <= count else { throw .unreadable(path, why: "it is longer than \(count) bytes") }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .unreadable(path, why: "it is not UTF-8")
        }
        return text
    }

    /// Reads a password; one line feed at its end does not count.
    static func password(_ path: String) throws(FileFault) -> String {
        let content = try read(path, atMost: Limits.passwordFileBytes)
        let password = content.hasSuffix("\n") ? String(content.dropLast()) : content
        guard !password.isEmpty else { throw .empty(path) }
        return password
    }
}
