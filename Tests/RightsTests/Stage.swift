import AMQP
import BrokerSupport
import DirectoryFile
import Fleet
import Foundation
import Testing
import TopologyKit
import Vocabulary
import WorkerKit

@testable import BatonCommand

/// A virtual host with the topology applied, and the passwords of all its users.
struct Stage: Sendable {
    let host: BrokerSupport.VirtualHost
    let passwords: PasswordFolder

    /// Sets one up, and takes everything away afterwards.
    static func withStage(_ body: @Sendable (Stage) throws -> Void) async throws {
        let host = try SharedBroker().makeVirtualHost()
        await Turnstile.users.enter()
        let folder = FileManager.default.temporaryDirectory.appending(path: host.name).path
        let stage = Stage(host: host, passwords: PasswordFolder(path: folder))
        let result: Result<Void, any Error>
        do {
            try await stage.apply()
            result = .success(try await onThread { try body(stage) })
        } catch {
            result = .failure(error)
        }
        try? host.remove()
        for user in Rules.users { try? host.management.deleteUser(user) }
        try? FileManager.default.removeItem(atPath: folder)
        await Turnstile.users.leave()
        try result.get()
    }

    private func apply() async throws {
        let address = try #require(ManagementAddress(argument: host.management.url))
        let rollout = Rollout(
            topology: try Topology(
                fleet: Fleet.declarations() + [WorkerDeclaration(Orders.self)], directory: Self.directory()),
            api: BatonCommand.ManagementAPI(at: address, as: .init(name: "guest", password: "guest")),
            virtualHost: host.name, passwords: passwords, isDryRun: false)
        _ = try await rollout.run()
    }

    /// The example, and a user who starts two processes and whose team has a queue.
    private static func directory() throws -> Vocabulary.Directory {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let example = try DirectoryFile.read("\(root)/Deploy/example/directory.yaml")
        return try Vocabulary.Directory(
            calendars: example.calendars, teams: example.teams,
            users: example.users + [
                .init(
                    name: "web-shop", team: "cs-specialists",
                    roles: [.starter("ordering"), .starter("saas-to-local")])
            ], products: example.products)
    }

    /// A connection as one of the users.
    func login(as user: String) throws -> Client {
        let password = try passwords.password(of: user)
        return try Client(host.url(user: user, password: password), name: user)
    }
}

/// What one user tries; a channel that the broker closed is opened again.
final class Client {
    private static let channel: UInt16 = 1
    private let connection: Connection
    private var isOpen = false

    init(_ url: String, name: String) throws {
        let endpoint = try Endpoint(url: url)
        connection = try Connection.open(
            endpoint, ConnectionOptions(endpoints: [endpoint], name: "rights of \(name)"))
    }

    func close() { connection.close() }

    /// Whether the broker takes a message.
    func mayPublish(_ exchange: String, _ key: String) throws -> Bool {
        try attempt { channel in
            let message = Publication(
                token: 1, exchange: exchange, routingKey: key, properties: .init(), body: [])
            try connection.publish(message, on: channel)
            while true {
                for event in try connection.events(waitingAtMost: .seconds(120)) {
                    switch event {
                    case .confirmed(_, _, let isTaken): return isTaken
                    case .channelClosed(_, let error): throw error
                    default: continue
                    }
                }
            }
        }
    }

    /// Whether the broker gives what is in a queue.
    func mayConsume(_ queue: String) throws -> Bool {
        try attempt { channel in
            try connection.consume(queue, tag: queue, on: channel)
            try connection.cancel(queue, on: channel)
            return true
        }
    }

    /// Whether the broker lets something be done on a channel; being refused for lack of rights is an answer.
    func may(_ body: (Connection, UInt16) throws -> Void) throws -> Bool {
        try attempt { channel in
            try body(connection, channel)
            return true
        }
    }

    private func attempt(_ body: (UInt16) throws -> Bool) throws -> Bool {
        if !isOpen {
            try connection.openChannel(Self.channel)
            try connection.selectConfirms(on: Self.channel)
            isOpen = true
        }
        do {
            return try body(Self.channel)
        } catch AMQPError.refused(code: 403, _) {
            isOpen = false
            return false
        }
    }
}
