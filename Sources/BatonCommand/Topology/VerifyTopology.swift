internal import ArgumentParser
internal import StrictJSON
internal import TopologyKit

/// `baton topology verify`.
struct VerifyTopology: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Says what the broker has otherwise than the declarations and the directory.",
        discussion: """
            Compares everything that "apply" would change, and changes nothing. Exit code 1: there are differences.
            """)

    @OptionGroup var directory: DirectoryOption
    @OptionGroup var broker: ManagementOptions
    @OptionGroup var output: OutputOption

    func perform() async throws -> ExitStatus {
        let topology = try directory.topology()
        let sentences = try await Self.differences(
            of: topology, from: broker.connect(), virtualHost: broker.virtualHost)
        output.tell(
            sentences.isEmpty ? ["no differences"] : sentences,
            [
                "virtualHost": .string(broker.virtualHost),
                "differences": .array(sentences.map { .string($0) }),
            ])
        return sentences.isEmpty ? .ok : .differences
    }

    /// All that is otherwise, a sentence each.
    static func differences(
        of topology: Topology, from api: ManagementAPI, virtualHost: String
    ) async throws(ManagementError) -> [String] {
        try await api.requireAdministrator()
        guard try await api.hasVirtualHost(virtualHost) else {
            return ["virtual host \(virtualHost) is missing"]
        }
        return try await topology.differences(from: api.topology(of: virtualHost)).map(\.description)
    }
}
