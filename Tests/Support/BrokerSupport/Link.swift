import Foundation
import Synchronization

/// One proxied connection: two sockets, and a thread for each direction.
final class Link: Sendable {
    private let client: Int32
    private let server: Int32
    /// Directions still pumped; the sockets are closed with the last one, so neither number is used again before.
    private let pumps = Mutex(2)

    init(client: Int32, server: Int32, gate: Gate, toBroker: ByteCount, toClient: ByteCount) {
        self.client = client
        self.server = server
        Thread { self.pump(from: client, to: server, through: gate, toBroker, swallowsWhenDeaf: false) }
            .start()
        Thread { self.pump(from: server, to: client, through: gate, toClient, swallowsWhenDeaf: true) }
            .start()
    }

    private func pump(
        from source: Int32, to sink: Int32, through gate: Gate, _ passed: ByteCount, swallowsWhenDeaf: Bool
    ) {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            _ = gate.pass()
            let count = recv(source, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            gate.delay()
            let behaviour = gate.pass()
            if behaviour == .deaf, swallowsWhenDeaf { continue }
            let passing = behaviour == .truncating ? count / 2 : count
            guard Loopback.sendAll(buffer[..<passing], to: sink) else { break }
            passed.add(passing)
            if behaviour == .truncating { end(reset: true) }
        }
        shutdown(source, Int32(SHUT_RD))
        shutdown(sink, Int32(SHUT_WR))
        pumps.withLock { pumps in
            pumps -= 1
            guard pumps == 0 else { return }
            close(client)
            close(server)
        }
    }

    /// Ends both halves of both connections, the client's with a reset if wanted.
    func end(reset: Bool) {
        whileOpen {
            if reset { Loopback.reset(client) } else { shutdown(client, Int32(SHUT_RDWR)) }
            shutdown(server, Int32(SHUT_RDWR))
        }
    }

    /// Ends the half from the broker to the client.
    func halfClose() {
        whileOpen { shutdown(client, Int32(SHUT_WR)) }
    }

    private func whileOpen(_ body: () -> Void) {
        pumps.withLock { pumps in
            if pumps > 0 { body() }
        }
    }
}
