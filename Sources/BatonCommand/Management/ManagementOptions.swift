internal import ArgumentParser
internal import Foundation
internal import TopologyKit

/// Where the broker is, and who asks.
struct ManagementOptions: ParsableArguments {
    @Option(
        help: .init(
            "The broker's management API, such as http://localhost:15672; without a login.", valueName: "url")
    )
    var management: ManagementAddress

    @Option(name: .customLong("vhost"), help: .init("The virtual host.", valueName: "name"))
    var virtualHost = Topology.defaultVirtualHost

    @Option(
        help: .init("An administrator of the broker. (default: $\(Self.userVariable))", valueName: "name"))
    var user: String?

    @Option(
        help: .init(
            "The file with the administrator's password. (default: $\(Self.passwordVariable))",
            valueName: "file"))
    var passwordFile: String?

    private static let userVariable = "BATON_ADMIN_USER"
    private static let passwordVariable = "BATON_ADMIN_PASSWORD_FILE"

    func validate() throws {
        guard !virtualHost.isEmpty else { throw ValidationError("--vhost is empty; RabbitMQ's own is \"/\"") }
    }

    /// The API, with the login of the arguments or else of the environment.
    func connect(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> ManagementAPI
    {
        guard let user = user ?? environment[Self.userVariable] else {
            throw ValidationError("Say who administers the broker: --user, or $\(Self.userVariable)")
        }
        guard let passwordFile = passwordFile ?? environment[Self.passwordVariable] else {
            throw ValidationError("Say where the password is: --password-file, or $\(Self.passwordVariable)")
        }
        return ManagementAPI(
            at: management, as: try AdministratorLogin(name: user, passwordFile: passwordFile))
    }
}
