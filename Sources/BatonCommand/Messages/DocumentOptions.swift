internal import ArgumentParser
internal import Foundation
internal import Glibc
internal import StrictJSON
internal import Vocabulary

/// What a person says, from a file, from standard input, or field by field.
struct DocumentOptions: ParsableArguments {
    @Argument(help: .init("Read the message from standard input.", valueName: "-"))
    var standardInput: Dash?

    @Option(
        help: .init(
            "A JSON file with the message's data, or with the whole CloudEvent; \"-\" is standard input.",
            valueName: "file"), completion: .file(extensions: ["json"]))
    var file: String?

    @Option(
        name: .customLong("set"),
        help: .init(
            "Set one field, such as firm.name=Harbour; again for each further field, or element of a list. \"[]\" is an empty list.",
            valueName: "path=value"))
    var fields: [Assignment] = []

    /// The place that a hyphen stands for.
    struct Dash: ExpressibleByArgument {
        init?(argument: String) { if argument != "-" { return nil } }
    }

    func validate() throws {
        guard standardInput == nil || file == nil else {
            throw ValidationError("The message comes from --file or from standard input, not from both")
        }
    }

    /// Whether nothing says what the message says.
    var isEmpty: Bool { standardInput == nil && file == nil && fields.isEmpty }

    /// The document as it was read, without the fields that are set; an empty object where none was named.
    func read() throws(DocumentFault) -> JSON {
        guard let path = standardInput == nil ? file : "-" else { return [:] }
        return try Self.document(at: path)
    }

    /// A document in a file; "-" is standard input.
    static func document(at file: String) throws(DocumentFault) -> JSON {
        if file == "-" { return try Self.parse(.standardInput, named: "standard input") }
        guard let handle = FileHandle(forReadingAtPath: file) else {
            throw .unreadable(file, String(cString: strerror(errno)))
        }
        return try Self.parse(handle, named: file)
    }

    private static func parse(_ handle: FileHandle, named name: String) throws(DocumentFault) -> JSON {
        let bytes: [UInt8]
        do {
            bytes = try handle.readAll(atMost: Limits.documentBytes + 1)
        } catch {
            throw .unreadable(name, error.localizedDescription)
        }
        guard bytes.count <= Limits.documentBytes else { throw .tooLong(name) }
        do { return try JSON(parsing: bytes) } catch { throw .notJSON(name, error) }
    }
}

extension FileHandle {
    /// Reads until the end, or until so many bytes are there: a pipe gives them in pieces.
    fileprivate func readAll(atMost count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count, let piece = try read(upToCount: count - bytes.count), !piece.isEmpty {
            bytes += piece
        }
        return bytes
    }
}

/// Why what a person says cannot be sent.
enum DocumentFault: Failure, Equatable {
    /// The file cannot be read.
    case unreadable(String, String)
    /// It is longer than a message may be.
    case tooLong(String)
    /// It is no JSON.
    case notJSON(String, JSONSyntaxError)
    /// It is an envelope that cannot be sent.
    case envelope(String)
    /// It says one revision, and `--revision` another.
    case revision(JSON, asked: Int)
    /// It is JSON, and no object.
    case notAnObject
    /// A field cannot be set so.
    case field(String, String)
    /// What `--case` says is no case's id.
    case caseID(String)

    var description: String {
        switch self {
        case .unreadable(let name, let why): "\(name) cannot be read: \(why)"
        case .tooLong(let name):
            "\(name) is too long for a message: at most \(Limits.documentBytes) bytes are taken, the envelope included"
        case .notJSON(let name, let error): "\(name) is not a JSON document: \(error)"
        case .envelope(let why): "the message is a CloudEvent, and \(why)"
        case .revision(let said, let asked):
            "the message's revision is \(said.text), but --revision says \(asked)"
        case .notAnObject: "the message must be a JSON object with the fields of its data"
        case .field(let path, let why): "--set \(path): \(why)"
        case .caseID(let id): "--case must \(HandoffID.rule), not \"\(id)\""
        }
    }

    var exitStatus: ExitStatus {
        switch self {
        case .field, .caseID: .usage
        case .unreadable, .tooLong, .notJSON, .envelope, .revision, .notAnObject: .badData
        }
    }
}
