internal import ArgumentParser
internal import Foundation

/// Where a management API is: `http://host:15672`, or a path below it.
struct ManagementAddress: ExpressibleByArgument, Equatable {
    /// The URL without a slash at its end.
    let url: String

    /// Takes a URL of `http` or `https` that says where and nothing else; a login in it would stand in `ps`.
    init?(argument: String) {
        guard let parts = URLComponents(string: argument), let scheme = parts.scheme,
            ["http", "https"].contains(scheme), parts.host?.isEmpty == false, parts.user == nil,
            parts.password == nil, parts.query == nil, parts.fragment == nil
        else { return nil }
        url = argument.hasSuffix("/") ? String(argument.dropLast()) : argument
    }

    /// The URL of a resource; each component is escaped whole, slashes included.
    func resource(_ path: [String], query: String = "") -> String {
        let unreserved = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        let escaped = path.map { $0.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "" }
        return "\(url)/api/\(escaped.joined(separator: "/"))\(query)"
    }
}
