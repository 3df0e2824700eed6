internal import ArgumentParser
internal import DirectoryFile
internal import Foundation
internal import TopologyKit

/// A subcommand that ends with one of Baton's exit codes.
protocol Subcommand: AsyncParsableCommand {
    /// Does the work, and prints what there is to say.
    func perform() async throws -> ExitStatus
}

extension Subcommand {
    /// Runs it; what goes wrong is told on standard error, and its kind by the exit code.
    func run() async throws {
        let status: ExitStatus
        do {
            status = try await perform()
        } catch let failure as any Failure {
            Failures.tell(failure.description)
            status = failure.exitStatus
        }
        guard status == .ok else { throw ExitCode(status.rawValue) }
    }
}

/// Where people are told what went wrong: beside the results.
enum Failures {
    /// Writes one sentence to standard error.
    static func tell(_ sentence: String) {
        FileHandle.standardError.write(Data("Error: \(sentence)\n".utf8))
    }
}

/// An error whose text is for the user, and whose kind is for scripts.
protocol Failure: Error, CustomStringConvertible {
    /// What to exit with.
    var exitStatus: ExitStatus { get }
}

extension DirectoryFault: Failure {
    var exitStatus: ExitStatus { .badData }
}

extension InvalidFleet: Failure {
    var exitStatus: ExitStatus { .badData }
}
