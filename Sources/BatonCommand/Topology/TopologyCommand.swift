internal import ArgumentParser
internal import DirectoryFile
internal import Fleet
internal import TopologyKit

/// `baton topology`.
struct TopologyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topology",
        abstract: "Brings the broker to what the workers' declarations and the directory say.",
        subcommands: [ExportTopology.self, ApplyTopology.self, VerifyTopology.self])
}

/// Who takes part.
struct DirectoryOption: ParsableArguments {
    @Option(
        name: .customLong("directory"), help: .init("The directory of teams and users.", valueName: "file"),
        completion: .file())
    var path: String

    /// The topology of the fleet for that directory.
    func topology() throws -> Topology {
        try Topology(fleet: Fleet.declarations(), directory: DirectoryFile.read(path))
    }
}
