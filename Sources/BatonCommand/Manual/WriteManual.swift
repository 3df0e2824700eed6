internal import ArgumentParser
internal import Foundation

/// `baton manual`.
struct WriteManual: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Writes the manual pages of baton and its subcommands to a folder.",
        discussion: "Read one with: man -l <folder>/baton.1")

    @Option(
        help: .init("The folder to write to; made if it is not there.", valueName: "folder"),
        completion: .directory)
    var to: String

    func perform() async throws -> ExitStatus {
        let pages = try ManualPage.all()
        let folder = URL(filePath: to)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for page in pages {
                try Data(page.text.utf8).write(to: folder.appending(path: page.file), options: .atomic)
            }
        } catch {
            throw FileFault.unwritable(to, why: error.localizedDescription)
        }
        print("\(pages.count) pages written to \(to)")
        return .ok
    }
}
