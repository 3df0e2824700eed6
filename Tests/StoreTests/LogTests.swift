import Engine
import Foundation
import Testing

@testable import SQLiteStore

@Suite("The log is copied into the file") struct LogTests {
    let place: SQLitePlace
    let store: SQLiteStore

    init() throws {
        place = try SQLitePlace()
        store = try place.open()
    }

    /// Bytes of the file, or of what stands beside it; 0 where that was not made yet.
    private func size(_ suffix: String = "") -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: place.path + suffix)
        return attributes?[.size] as? Int ?? 0
    }

    /// Commits until the log has so many pages, but not for ever: each of these commits adds ten or more.
    private func fill(_ pages: Int) throws {
        let page = 4096
        for number in 0..<(pages / 5) where size("-wal") < pages * page {
            _ = try store.commit([
                .suspect("\(number) \(String(repeating: "x", count: page * 10))", times: 1)
            ])
        }
    }

    @Test("Commits leave it to whoever is asked once nobody waits, and that puts all of it into the file")
    func tidied() throws {
        try fill(Limits.checkpointPages + 100)
        let before = size()
        #expect(before < 100_000)
        store.tidy()
        #expect(size() > before + 3_000_000)
    }

    @Test("A short one is left alone")
    func short() throws {
        try fill(Limits.checkpointPages / 2)
        let before = size()
        store.tidy()
        #expect(size() == before)
    }

    @Test("Where nobody is asked, a commit does it before the log grows without bound")
    func bounded() throws {
        try fill(Limits.checkpointPagesMost * 2)
        #expect(size() > 4096 * Limits.checkpointPagesMost / 2)
        #expect(size("-wal") < 4096 * (Limits.checkpointPagesMost + 200))
    }
}
