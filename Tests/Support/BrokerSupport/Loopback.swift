import Foundation

/// Sockets on 127.0.0.1.
enum Loopback {
    /// Small buffers, so that a peer that does not read is felt after some kilobytes and not some megabytes.
    private static let bufferBytes: Int32 = 16_384

    /// Listens on a free port.
    static func listen() throws -> (socket: Int32, port: UInt16) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var size = bufferBytes
        for option in [SO_RCVBUF, SO_SNDBUF] {
            setsockopt(listener, SOL_SOCKET, option, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = Self.address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withSocketAddress(&address) { pointer in
            bind(listener, pointer, length) == 0 && Glibc.listen(listener, 16) == 0
                && getsockname(listener, pointer, &length) == 0
        }
        guard status else {
            throw BrokerSupportError("no port to listen on: \(String(cString: strerror(errno)))")
        }
        return (listener, UInt16(bigEndian: address.sin_port))
    }

    /// Waits for a client; nothing once the listener was ended.
    static func accept(from listener: Int32) -> Int32? {
        let client = Glibc.accept(listener, nil, nil)
        guard client < 0 else { return client }
        close(listener)
        return nil
    }

    static func connect(to port: UInt16) -> Int32? {
        let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.address(port: port)
        let status = withSocketAddress(&address) {
            Glibc.connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
        guard status != 0 else { return client }
        close(client)
        return nil
    }

    static func sendAll(_ bytes: ArraySlice<UInt8>, to sink: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(sink, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Ends a connection with RST: what Linux does on a connect to no family, and unlike a close it wakes whoever
    /// reads.
    static func reset(_ socket: Int32) {
        var nowhere = sockaddr()
        nowhere.sa_family = sa_family_t(AF_UNSPEC)
        _ = Glibc.connect(socket, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
    }

    private static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }

    private static func withSocketAddress<Result>(
        _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Result
    ) -> Result {
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }
}
