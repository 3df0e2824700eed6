import Foundation

/// Stands between a client and a broker on loopback, and fails on demand.
public final class FaultyProxy: Sendable {
    /// What becomes of bytes.
    public enum Behaviour: Sendable {
        /// They pass.
        case passing
        /// Nothing is read any more, in neither direction: the peer is there, and silent.
        case stalling
        /// What the client sends passes, what the broker sends is swallowed: confirms never come.
        case deaf
    }

    /// Where it listens on 127.0.0.1.
    public let port: UInt16
    private let listener: Int32
    private let target: UInt16
    private let state = Recorder<Link>()
    private let gate = Gate()

    /// Listens, and passes everything on.
    ///
    /// - Parameter target: the broker's port on 127.0.0.1.
    public init(to target: UInt16) throws {
        self.target = target
        (listener, port) = try Loopback.listen()
        let (listener, state, gate) = (listener, state, gate)
        Thread {
            while let client = Loopback.accept(from: listener) {
                guard let server = Loopback.connect(to: target) else {
                    Loopback.reset(client)
                    close(client)
                    continue
                }
                state.record(Link(client: client, server: server, gate: gate))
            }
        }.start()
    }

    deinit {
        gate.behaviour = .passing
        shutdown(listener, Int32(SHUT_RDWR))
        for link in state.elements { link.end(reset: false) }
    }

    /// What becomes of bytes from now on, on every connection.
    public var behaviour: Behaviour {
        get { gate.behaviour }
        set { gate.behaviour = newValue }
    }

    /// Resets every connection (RST), as a crashed host's kernel would.
    public func resetConnections() {
        for link in state.elements { link.end(reset: true) }
    }

    /// Ends the broker's half of every connection (FIN): the client reads the end, and may still write.
    public func halfClose() {
        for link in state.elements { link.halfClose() }
    }

    /// Connections so far.
    public var connectionCount: Int { state.elements.count }

    /// Waits for the given number of connections so far.
    public func waitForConnections(_ count: Int, within limit: Duration = .seconds(20)) -> Bool {
        state.wait(within: limit) { $0.count >= count }
    }
}
