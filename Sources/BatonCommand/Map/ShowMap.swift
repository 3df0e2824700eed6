internal import ArgumentParser
internal import Fleet
internal import StrictJSON
internal import Vocabulary
internal import WorkerKit

/// `baton map`.
struct ShowMap: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Shows who hears whom, and which teams are asked.",
        discussion: """
            It is made of the workers' declarations, as they stand in this program; no broker is asked. What workers say \
            to each other only to end a case is told as that.
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, mermaid
    }

    @Option(help: .init("How to draw it.", valueName: "format"))
    var format = Format.text

    @Option(help: .init("Show what belongs to one process alone.", valueName: "process"))
    var process: String?

    func perform() throws -> ExitStatus {
        let fleet = try Fleet.declarations()
        let map = FleetMap(fleet, of: try ProcessName(option: process, among: fleet))
        for line in format == .text ? map.text : map.mermaid { print(line) }
        return .ok
    }
}
