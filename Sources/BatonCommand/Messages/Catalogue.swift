internal import Fleet
internal import StrictJSON
internal import Vocabulary
internal import WorkerKit

/// What people may say to the fleet, read off the workers' declarations.
struct Catalogue {
    /// A process that people start, and the commands that do.
    struct Start: Equatable {
        /// The process.
        let process: ProcessName
        /// Its home: the worker that starts its cases and takes them back.
        let home: WorkerName
        /// The types of its commands.
        let commands: [MessageType]
    }

    /// The processes that can be started, by name.
    let starts: [Start]
    private let schemas: [MessageType: JSON]

    /// The fleet that this program was built with.
    static func ofFleet() throws(CatalogueFault) -> Catalogue {
        do { return Catalogue(try Fleet.declarations()) } catch { throw .broken("\(error)") }
    }

    /// Reads declarations.
    init(_ workers: [WorkerDeclaration]) {
        starts = workers.flatMap { worker in
            worker.commands.map { Start(process: $0, home: worker.name, commands: $1) }
        }.sorted { $0.process < $1.process }
        schemas = Dictionary(
            workers.flatMap(\.schemas).map { ($0.type, $0.schema) }, uniquingKeysWith: { first, _ in first })
    }

    /// The JSON Schema of a message's data; `nil` for a type that this program does not know.
    func schema(of type: MessageType) -> JSON? { schemas[type] }

    /// Who starts a process.
    ///
    /// - Throws: ``CatalogueFault/unknownProcess(_:known:)``.
    func start(of process: String) throws(CatalogueFault) -> Start {
        guard let start = starts.first(where: { $0.process.rawValue == process }) else {
            throw .unknownProcess(process, known: starts.map(\.process.rawValue))
        }
        return start
    }
}

extension Catalogue.Start {
    /// The command to send: the one that was named, or else the only one there is.
    func command(named name: String?) throws(CatalogueFault) -> MessageType {
        guard let name else {
            guard commands.count == 1 else { throw .severalCommands(process, commands) }
            return commands[0]
        }
        guard let command = commands.first(where: { $0.description == name }) else {
            throw .unknownCommand(name, process, known: commands)
        }
        return command
    }
}

/// What the fleet does not take.
enum CatalogueFault: Failure, Equatable {
    /// No worker starts such a process.
    case unknownProcess(String, known: [String])
    /// The process's worker takes no such command.
    case unknownCommand(String, ProcessName, known: [MessageType])
    /// The process's worker takes several commands, or none.
    case severalCommands(ProcessName, [MessageType])
    /// The fleet contradicts itself.
    case broken(String)

    var description: String {
        switch self {
        case .unknownProcess(let name, let known):
            "there is no process \"\(name)\"; \(Self.hint(name, known))"
        case .unknownCommand(let name, let process, let known):
            "\(process) is not started by \"\(name)\"; \(Self.hint(name, known.map(\.description)))"
        case .severalCommands(let process, let known):
            "\(process) is started by several commands; say which: --type "
                + known.map(\.description).joined(separator: " or --type ")
        case .broken(let why): why
        }
    }

    private static func hint(_ word: String, _ known: [String]) -> String {
        Spelling.didYouMean(word, among: known).map { "did you mean \"\($0)\"?" }
            ?? "there are: \(known.joined(separator: ", "))"
    }

    var exitStatus: ExitStatus {
        switch self {
        case .unknownProcess, .unknownCommand, .severalCommands: .usage
        case .broken: .badData
        }
    }
}
