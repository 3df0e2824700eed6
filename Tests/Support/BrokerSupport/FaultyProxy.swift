import Foundation

/// Stands between a client and a broker on loopback, and fails on demand.
public final class FaultyProxy: Sendable {
    /// What becomes of bytes.
    public enum Behaviour: Equatable, Sendable {
        /// They pass.
        case passing
        /// Nothing is read any more, in neither direction: the peer is there, and silent.
        case stalling
        /// What the client sends passes, what the broker sends is swallowed: confirms never come. Connections are to be
        /// reset before bytes pass again, since some are missing.
        case deaf
        /// They pass, each chunk so much later.
        case delaying(Duration)
        /// Half of a chunk passes, then the connection is reset.
        case truncating
    }

    /// Where it listens on 127.0.0.1.
    public let port: UInt16
    private let listener: Int32
    private let target: UInt16
    private let links = Recorder<Link>()
    private let gate = Gate()
    private let toBroker = ByteCount()
    private let toClient = ByteCount()

    /// Listens, and passes everything on.
    ///
    /// - Parameter target: the broker's port on 127.0.0.1.
    public init(to target: UInt16) throws {
        self.target = target
        (listener, port) = try Loopback.listen()
        Thread { [listener, links, gate, toBroker, toClient] in
            while let client = Loopback.accept(from: listener) {
                guard let server = Loopback.connect(to: target) else {
                    Loopback.reset(client)
                    close(client)
                    continue
                }
                let link = Link(
                    client: client, server: server, gate: gate, toBroker: toBroker, toClient: toClient)
                links.record(link)
            }
        }.start()
    }

    deinit {
        gate.behaviour = .passing
        shutdown(listener, Int32(SHUT_RDWR))
        for link in links.elements { link.end(reset: false) }
    }

    /// What becomes of bytes from now on, on every connection.
    public var behaviour: Behaviour {
        get { gate.behaviour }
        set { gate.behaviour = newValue }
    }

    /// Resets every connection (RST), as a crashed host's kernel would.
    public func resetConnections() {
        for link in links.elements { link.end(reset: true) }
    }

    /// Ends the broker's half of every connection (FIN): the client reads the end, and may still write.
    public func halfClose() {
        for link in links.elements { link.halfClose() }
    }

    /// Connections so far.
    public var connectionCount: Int { links.elements.count }

    /// Bytes that clients have sent to the broker so far.
    public var bytesToBroker: Int { toBroker.total }

    /// Waits until so many bytes of the broker have gone on to clients.
    public func waitForBytesToClient(_ count: Int, within limit: Duration = .seconds(180)) -> Bool {
        toClient.wait(for: count, within: limit)
    }

    /// Waits for the given number of connections so far.
    public func waitForConnections(_ count: Int, within limit: Duration = .seconds(180)) -> Bool {
        links.wait(within: limit) { $0.count >= count }
    }
}
