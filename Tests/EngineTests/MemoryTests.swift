import Engine
import EngineBench
import Rehearsal
import StrictJSON
import Testing
import Vocabulary
import Wire
import WorkerKit

/// A worker whose memory has changed its shape twice: a number, a list of one, a list under another name.
private enum Grown: Worker {
    typealias Messages = ScriptedMessages

    struct Memory: CaseMemory {
        static let version = 3
        var visits: [Int] = []

        static func migrate(_ old: JSON, from version: Int) throws -> JSON {
            switch version {
            case 1: ["counts": [old["count"] ?? 0]]
            case 2: ["visits": old["counts"] ?? []]
            default: throw Scripted.Mishap(description: "no version \(version)")
            }
        }
    }

    static var parts: [Part] {
        [
            Part(in: .play) {
                On(Told.self) { _, turn in
                    turn.memory.visits.append(9)
                    turn.publish(Said(word: "\(turn.memory.visits)"))
                }
            }
        ]
    }
}

@Suite("Memory that an older program wrote is brought to this program's shape")
struct MemoryTests {
    private func store(_ memory: JSON, version: Int) throws -> MemoryStore {
        let store = MemoryStore()
        _ = try store.commit([
            .caseRow(CaseRow(id: "play/c", memoryVersion: version, memory: memory, since: .sample))
        ])
        return store
    }

    @Test("Every version finds its way, and is stored in the newest", arguments: [1, 2, 3])
    func migrations(version: Int) throws {
        let forms: [Int: JSON] = [1: ["count": 4], 2: ["counts": [4]], 3: ["visits": [4]]]
        let store = try store(try #require(forms[version]), version: version)
        let bench = try EngineBench<Grown>.begun(Grown.self, store: store)
        #expect(bench.deliver(try .told("1")).sent.words == ["[4, 9]"])
        #expect(try store.caseRow("play/c")?.memory == ["visits": [4, 9]])
        #expect(try store.caseRow("play/c")?.memoryVersion == 3)
    }

    @Test("A store that a newer program wrote stops this one at its start")
    func newer() throws {
        let store = try store(["visits": [4]], version: 4)
        let error = #expect(throws: StoreError.self) { try EngineBench(Grown.self, store: store) }
        #expect(
            error
                == .unusable(
                    "the store of scripted holds memories of version 4, this program knows 3; "
                        + "start the newer program"
                ))
    }

    @Test("A memory that cannot be read costs the messages of its case alone")
    func unreadable() throws {
        let store = try store(["visitors": [4]], version: 3)
        let bench = try EngineBench<Grown>.begun(Grown.self, store: store)
        let said = bench.deliver(
            try .told("1", case: "a"), try .told("2"), try .told("3", case: "b"))
        #expect(said.outcomes == ["applied", "dead", "applied"])
        #expect(
            said.sent.letters.map(\.why) == [
                "the memory of play/c, version 3, cannot be read: .memory.visits is missing; "
                    + "did you mean .memory.visitors?"
            ])
        #expect(try store.caseRow("play/c")?.memory == ["visitors": [4]])
    }
}
