import Glibc

/// Small files, read whole.
enum PlainFile {
    /// Why a file was not read; its text follows a word for what the file is.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - count: how many bytes it may have.
    ///   - isPrivate: refuses a file that everyone on the machine may read or write.
    static func read(_ path: String, atMost count: Int, isPrivate: Bool = false) throws(Fault) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            throw Fault(description: "\(path) cannot be opened: \(String(cString: strerror(errno)))")
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Fault(description: "\(path) is not a file")
        }
        guard !isPrivate || status.st_mode & (S_IROTH | S_IWOTH) == 0 else {
            throw Fault(
                description: "\(path) may be read by everyone on this machine; run: chmod o-rwx \(path)")
        }
        var bytes = [UInt8](repeating: 0, count: count + 1)
        var length = 0
        while length <= count {
            let read = bytes.withUnsafeMutableBytes {
                Glibc.read(file, $0.baseAddress?.advanced(by: length), $0.count - length)
            }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else {
                throw Fault(description: "\(path) cannot be read: \(String(cString: strerror(errno)))")
            }
            guard read > 0 else { break }
            length += read
        }
        guard length <= count else { throw Fault(description: "\(path) is longer than \(count) bytes") }
        return Array(bytes[..<length])
    }
}
