import AMQP
import BrokerSupport
import Testing

@Suite(.serialized) struct EncryptionTests {
    @Test("TLS is believed only with the right authority and the right host name")
    func trust() async throws {
        try await onThread {
            let node = try PrivateBroker(tls: true)
            guard let url = try node.broker.tlsURL else {
                Issue.record("the node was started without TLS")
                return
            }
            let endpoint = try Endpoint(url: url)

            let trusted = try Self.open(endpoint, node.authorityFile)
            try trusted.openChannel(1)
            try trusted.declareQueue("q", on: 1)
            try trusted.publish(
                .to("q", body: String(repeating: "x", count: 300_000)), on: 1, confirmedWithin: .seconds(120))
            trusted.close()

            #expect(Self.isUntrusted(endpoint, node.unrelatedAuthorityFile, "authority"))
            let byAddress = try Endpoint(url: url.replacing("localhost", with: "127.0.0.1"))
            #expect(Self.isUntrusted(byAddress, node.authorityFile, "host"))
            let plain = try Endpoint(
                url: node.broker.makeVirtualHost().url().replacing("amqp:", with: "amqps:"))
            #expect(Self.isUntrusted(plain, node.authorityFile, "handshake"))

            let identity = ConnectionOptions.Identity(
                certificateFile: "\(node.folder)/tls/client.pem", keyFile: "\(node.folder)/tls/client-key.pem"
            )
            try Self.open(endpoint, node.authorityFile, identity).close()
        }
    }

    @Test("An authority file that cannot be used is named")
    func authorityFile() async throws {
        try await onThread {
            let endpoint = try Endpoint(url: "amqps://guest:guest@localhost:1")
            for file in [nil, "/no/such/file.pem"] {
                let error = #expect(throws: AMQPError.self) { try Self.open(endpoint, file) }
                guard case .badAddress(let why) = error else {
                    Issue.record("\(String(describing: error)) does not name the file")
                    continue
                }
                #expect(why.contains(file ?? "no authority file"))
            }
        }
    }

    @discardableResult
    private static func open(
        _ endpoint: Endpoint, _ authorityFile: String?, _ identity: ConnectionOptions.Identity? = nil
    ) throws -> Connection {
        var options = ConnectionOptions(endpoints: [endpoint], name: "test", authorityFile: authorityFile)
        options.identity = identity
        return try Connection.open(endpoint, options)
    }

    private static func isUntrusted(_ endpoint: Endpoint, _ authorityFile: String, _ word: String) -> Bool {
        do {
            try open(endpoint, authorityFile)
            return false
        } catch AMQPError.untrusted(_, let why) {
            return why.contains(word)
        } catch {
            return false
        }
    }
}
