import Foundation

/// The broker of a whole test run, started around it by `Deploy/broker with -- swift test`.
public struct SharedBroker: Sendable {
    /// Its administration.
    public let management: ManagementAPI
    /// `amqps://…`, where it was started with `--tls`.
    public let tlsURL: String?
    private let address: String

    /// Takes the broker from the environment.
    ///
    /// - Throws: what to run instead, where there is none.
    public init() throws {
        try self.init(ProcessInfo.processInfo.environment)
    }

    init(_ environment: [String: String]) throws {
        guard let url = environment["BATON_BROKER_URL"],
            let management = environment["BATON_BROKER_MANAGEMENT"]
        else {
            throw BrokerSupportError(
                "this test needs a broker; run the tests by: Deploy/broker with --tls -- swift test")
        }
        guard let address = url.split(separator: "@").last else {
            throw BrokerSupportError(
                "BATON_BROKER_URL has no user; it should be as Deploy/broker env prints it")
        }
        self.address = String(address)
        self.management = ManagementAPI(url: management)
        tlsURL = environment["BATON_BROKER_TLS_URL"]
    }

    /// Makes a virtual host of its own for one test; to be removed by the caller.
    public func makeVirtualHost() throws -> VirtualHost {
        let host = VirtualHost(name: "test-\(UUID().uuidString)", address: address, management: management)
        try management.request("PUT", "vhosts/\(host.name)")
        try host.setPermissions("guest")
        return host
    }

    /// Runs a test's blocking code on its own thread, in a virtual host that is removed afterwards.
    public static func withVirtualHost<Result: Sendable>(
        _ body: @Sendable (VirtualHost) throws -> Result
    ) async throws -> Result {
        try await onThread {
            let host = try SharedBroker().makeVirtualHost()
            let result = Swift.Result { try body(host) }
            try host.remove()
            return try result.get()
        }
    }
}
