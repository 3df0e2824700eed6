internal import ArgumentParser
internal import TopologyKit

/// `baton topology export`.
struct ExportTopology: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the definitions and the messages' schemas to a folder.",
        discussion: """
            The files are made of the workers' declarations and the directory, and hold no passwords. Schemas of \
            messages that are gone are removed.
            """)

    @OptionGroup var directory: DirectoryOption

    @Option(help: .init("The folder to write to.", valueName: "folder"), completion: .directory)
    var to: String

    @Flag(help: "Write nothing, and say which files are stale; exit code 1 if there are any.")
    var check = false

    func perform() async throws -> ExitStatus {
        let folder = TopologyFolder(path: to)
        let stale = try folder.stale(from: directory.topology().files)
        for file in stale {
            print("\(check ? "stale" : file.isWanted ? "written" : "removed") \(to)/\(file.path)")
        }
        guard !check else { return stale.isEmpty ? .ok : .differences }
        try folder.renew(stale)
        return .ok
    }
}
