internal import ArgumentParser
internal import Foundation

/// The login of whoever changes the broker; the password comes from a file, never from the arguments.
struct AdministratorLogin: Sendable {
    /// The user's name.
    let name: String
    private let password: String

    /// The value of the `Authorization` header.
    var authorization: String { "Basic " + Data("\(name):\(password)".utf8).base64EncodedString() }

    /// Takes a login as it is.
    init(name: String, password: String) {
        self.name = name
        self.password = password
    }

    /// Reads the password from a file; one line feed at its end does not count.
    init(name: String, passwordFile path: String) throws(FileFault) {
        let content: String
        do { content = try String(contentsOfFile: path, encoding: .utf8) } catch {
            throw .unreadable(path, why: error.localizedDescription)
        }
        let password = content.hasSuffix("\n") ? String(content.dropLast()) : content
        guard !password.isEmpty else { throw .empty(path) }
        self.init(name: name, password: password)
    }
}
