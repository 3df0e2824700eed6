import Foundation
import StrictJSON
import Testing
import Vocabulary
import WorkerKit

/// What others rely on of one worker, frozen in files that stand beside the tests.
struct Approval {
    /// The worker's name; its files stand in a folder of that name.
    let worker: String

    /// The approved document.
    func document(_ name: String) throws -> JSON {
        let file = try #require(
            Bundle.module.url(
                forResource: name, withExtension: "json", subdirectory: "Approved/\(worker)"),
            "Approved/\(worker)/\(name).json is missing")
        return try JSON(parsing: [UInt8](Data(contentsOf: file)))
    }

    /// Expects a document to be as it was approved.
    func expect(
        _ document: JSON, isApprovedAs name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let isApproved = (try? self.document(name)) == document
        #expect(
            isApproved,
            "Approved/\(worker)/\(name).json says otherwise; if no reader breaks, approve this:\n\(document.indentedText)",
            sourceLocation: sourceLocation)
    }

    /// A message is written as it was approved, and what was approved is read as the message.
    func expect<M: Message>(_ message: M, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let name = "\(M.name)-v\(M.version)"
        expect(try JSON(encoding: message), isApprovedAs: name, sourceLocation: sourceLocation)
        let read = try StrictDecoder.decode(M.self, from: try document(name))
        #expect(read == message, sourceLocation: sourceLocation)
    }

    /// The same for a handoff; in its answer the author stands beside the answer's own fields.
    func expect<H: Handoff>(
        _ handoff: H, answeredBy answer: H.Answer, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try expect(handoff, sourceLocation: sourceLocation)
        let author = Author(by: "ada", onBehalf: "carl is ill", revision: 1)
        var fields = try #require(try JSON(encoding: answer).objectValue)
        for (key, value) in try #require(try JSON(encoding: author).objectValue).members {
            fields[key] = value
        }
        expect(
            .object(fields), isApprovedAs: "\(H.name)-answer-v\(H.version)", sourceLocation: sourceLocation)
    }

    /// The newest form of a memory is approved, and every form that was ever stored can still be read.
    func expect<Memory: CaseMemory>(
        memory: Memory, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        expect(
            try JSON(encoding: memory), isApprovedAs: "memory-v\(Memory.version)",
            sourceLocation: sourceLocation)
        for version in 1...Memory.version {
            var json = try document("memory-v\(version)")
            for old in version..<Memory.version { json = try Memory.migrate(json, from: old) }
            _ = try StrictDecoder.decode(Memory.self, from: json)
        }
    }

    /// What a worker starts, hears, publishes and asks, and every schema.
    func expect<W: Worker>(
        declarationOf worker: W.Type, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let declaration = try WorkerDeclaration(worker)
        func texts(_ values: [some CustomStringConvertible]) -> JSON {
            .array(values.map { .string($0.description) })
        }
        expect(
            [
                "name": .string(declaration.name.rawValue), "starts": texts(declaration.starts),
                "hears": texts(declaration.hears), "overhears": .bool(declaration.overhears),
                "publishes": .array(
                    declaration.publishes.map {
                        ["type": .string($0.type.rawValue), "final": .bool($0.isFinal)]
                    }),
                "handoffs": .array(
                    declaration.handoffs.map {
                        [
                            "type": .string($0.type.rawValue), "answer": .string($0.answerType.rawValue),
                            "team": .string($0.team.rawValue), "due": .string($0.due.rawValue),
                            "reversible": .bool($0.isReversible),
                        ]
                    }),
                "schemas": .object(
                    JSONObject(declaration.schemas.map { ($0.type.rawValue, $0.schema) })),
            ], isApprovedAs: "declaration", sourceLocation: sourceLocation)
    }
}
