import AMQP
import BrokerSupport
import Foundation
import StrictJSON
import Testing
import TopologyKit

@testable import BatonCommand

/// One at a time, for users belong to the whole broker.
@Suite("At a real broker", .serialized)
enum AtABroker {}

/// An empty virtual host, and a folder for passwords.
struct Lab {
    let host: BrokerSupport.VirtualHost
    let api: BatonCommand.ManagementAPI
    let folder: String

    var name: String { host.name }

    /// Has a test use one, and takes everything away afterwards.
    ///
    /// - Parameter other: the one that the test uses already, if this is its second.
    static func run(beside other: Lab? = nil, _ body: (Lab) async throws -> Void) async throws {
        let lab = try Lab()
        if other == nil { await Turnstile.users.enter() }
        let result: Result<Void, any Error>
        do { result = .success(try await body(lab)) } catch { result = .failure(error) }
        for user in ["harbour", "ledger", "ferry", "pilot", "purser", "stowaway", "captain"] {
            try? lab.host.management.deleteUser(user)
        }
        try? lab.host.remove()
        try? FileManager.default.removeItem(atPath: lab.folder)
        if other == nil { await Turnstile.users.leave() }
        try result.get()
    }

    private init() throws {
        host = try SharedBroker().makeVirtualHost()
        let address = try #require(ManagementAddress(argument: host.management.url))
        api = BatonCommand.ManagementAPI(at: address, as: .init(name: "guest", password: "guest"))
        folder = FileManager.default.temporaryDirectory.appending(path: host.name).path
    }

    /// Applies a topology; by default without the pause that only a consumer makes necessary.
    func apply(
        _ topology: Topology, passwords: Bool = true, isDryRun: Bool = false, pauses: Bool = false,
        rotating: [String] = []
    ) async throws -> [Change] {
        var rollout = Rollout(
            topology: topology, api: api, virtualHost: name,
            passwords: passwords ? PasswordFolder(path: folder) : nil, isDryRun: isDryRun,
            rotating: rotating)
        if !pauses { rollout.pause = .zero }
        return try await rollout.run()
    }

    /// What differs, a sentence each.
    func verify(_ topology: Topology) async throws -> [String] {
        try await VerifyTopology.differences(of: topology, from: api, virtualHost: name)
    }

    /// Does something behind Baton's back; `*` in the path stands for the virtual host.
    func plant(
        _ method: BatonCommand.ManagementAPI.Method, _ path: [String], _ body: JSON? = nil
    ) async throws {
        try await api.send(method, path.map { $0 == "*" ? name : $0 }, body: body)
    }

    /// Puts a message into a queue.
    func put(into queue: String) async throws {
        let message: JSON = [
            "properties": [:], "routing_key": .string(queue), "payload": "x", "payload_encoding": "string",
        ]
        let answer = try await api.send(.post, ["exchanges", name, "amq.default", "publish"], body: message)
        #expect(answer["routed"] == true)
    }

    /// Whether a user can log in with a password; being told that it has no rights here is proof of it.
    func canLogIn(_ user: String, _ password: String) async throws -> Bool {
        let endpoint = try Endpoint(url: host.url(user: user, password: password))
        return try await onThread {
            do {
                try Self.connect(endpoint).close()
            } catch AMQPError.loginRefused {
                return false
            } catch AMQPError.virtualHostRefused {
                return true
            }
            return true
        }
    }

    /// Takes what is in a queue, and holds it while the body runs.
    func consuming(_ queue: String, _ body: () async throws -> Void) async throws {
        let endpoint = try Endpoint(url: host.url())
        let done = DispatchSemaphore(value: 0)
        let (taken, take) = AsyncStream<Void>.makeStream()
        async let consumer: Void = onThread {
            defer { take.finish() }
            let connection = try Self.connect(endpoint)
            try connection.openChannel(1)
            try connection.consume(queue, tag: "held", on: 1)
            _ = try connection.events(waitingAtMost: .seconds(120))
            take.finish()
            done.wait()
            connection.close()
        }
        for await _ in taken {}
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        done.signal()
        try await consumer
        try result.get()
    }

    private static func connect(_ endpoint: Endpoint) throws -> Connection {
        try Connection.open(endpoint, ConnectionOptions(endpoints: [endpoint], name: "lab"))
    }
}
