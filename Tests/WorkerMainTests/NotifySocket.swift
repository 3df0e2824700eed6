import Foundation
import Testing

/// Plays systemd's side of the notification socket.
final class NotifySocket {
    /// What `NOTIFY_SOCKET` would be.
    let name: String
    private let socket: Int32

    /// Listens under a path, or under an abstract name where it begins with `@`.
    init(_ name: String) throws {
        self.name = name
        socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = name.first == "@" ? [0] + name.utf8.dropFirst() : Array(name.utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let status = withUnsafeBytes(of: &address) {
            bind(socket, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, length)
        }
        try #require(status == 0, "cannot listen on \(name): \(String(cString: strerror(errno)))")
    }

    deinit { close(socket) }

    /// The next datagram; `nil` where none comes in time.
    func next(within seconds: Int = 30) -> String? {
        var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, Int32(seconds * 1000)) == 1 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = recv(socket, &bytes, bytes.count, 0)
        return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
    }

    /// Everything that has come so far.
    func all() -> [String] {
        var texts: [String] = []
        while let text = next(within: 0) { texts.append(text) }
        return texts
    }

    /// Waits for a datagram with this text in it; `nil` where none comes in time.
    func next(with part: String) -> String? {
        while let text = next() { if text.contains(part) { return text } }
        return nil
    }
}
