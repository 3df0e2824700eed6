internal import Foundation
internal import Glibc

/// A folder with a file for each user's password, which only its owner can read.
struct PasswordFolder {
    /// Where it is; made when the first password is.
    let path: String

    /// The file of a user.
    func path(of user: String) -> String { "\(path)/\(user)" }

    /// A user's password: what stands in its file, or a new one that is on disk when this returns.
    ///
    /// An old file is used so that a broker that lost its users gets them back with the passwords their services have.
    func password(of user: String) throws(FileFault) -> String {
        let file = path(of: user)
        if FileManager.default.fileExists(atPath: file) { return try PrivateFile.password(file) }
        let password = Self.make()
        try write(password, to: file)
        return password
    }

    /// A new password for a user, on disk in the place of its old one when this returns.
    func renewedPassword(of user: String) throws(FileFault) -> String {
        let password = Self.make()
        try write(password, to: path(of: user))
        return password
    }

    /// Made under another name and moved, so that a password is there whole or not at all.
    private func write(_ password: String, to file: String) throws(FileFault) {
        let draft = "\(file).new"
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try? FileManager.default.removeItem(atPath: draft)
        } catch {
            throw .unwritable(path, why: error.localizedDescription)
        }
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unwritable(draft, why: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        let bytes = Array(password.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0,
            rename(draft, file) == 0
        else { throw .unwritable(file, why: String(cString: strerror(errno))) }
    }

    /// Letters, digits, `-` and `_`: they need no quoting anywhere.
    private static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<Limits.passwordBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }
}
