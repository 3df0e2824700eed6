import BrokerSupport
import Foundation
import Testing

extension Live {
    /// A worker whose store is on a disk that runs full.
    @Suite(.serialized) struct FullDiskTests {
        /// Mounts a disk of its own, which the worker alone sees, and becomes the worker: it takes no rights but that to
        /// name spaces of one's own.
        private static let launcher = [
            "/usr/bin/unshare", "--user", "--map-root-user", "--mount", "/bin/sh", "-c",
            #"mount -t tmpfs -o size=32m,mode=700 store "$0" && exec "$@""#,
        ]
        private static let full = "The store does not answer"
        private static let room = "The store answers again"

        @Test("When the disk is full a worker says so and takes nothing, and goes on once there is room")
        func diskIsFull() async throws {
            try await onThread {
                let load = try WorkerUnderLoad(on: try PrivateBroker())
                let worker = load.worker
                worker.storeFolder = load.folder.appending(path: "disk")
                try FileManager.default.createDirectory(
                    at: worker.storeFolder, withIntermediateDirectories: false)
                worker.launcher = Self.launcher + [worker.storeFolder.path]
                try worker.start()
                load.start(cases: 20)
                try load.expect(sightings: 40)
                for _ in 0..<2 {
                    let filler = worker.root.appending(path: "\(worker.storeFolder.path)/filler")
                    try Self.fill(filler)
                    try Self.expectItSays(Self.full, load, sending: 50)
                    #expect(try worker.log.contains("free space on its disk"))
                    try Self.expectNothingTaken(load)
                    try FileManager.default.removeItem(at: filler)
                    try Self.expectItSays(Self.room, load, sending: 0)
                }
                try load.expectEveryEnd()
            }
        }

        /// Makes a file as large as the disk lets it be.
        private static func fill(_ file: URL) throws {
            let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
            try #require(
                descriptor >= 0,
                "there is no \(file.path): may this user mount in a name space of its own (unshare -rm)?")
            defer { close(descriptor) }
            let page = [UInt8](repeating: 0, count: 4096)
            while write(descriptor, page, page.count) > 0 {}
            #expect(errno == ENOSPC)
        }

        /// Waits, while forms come in, until the worker has said something as its last word on its store.
        private static func expectItSays(_ text: String, _ load: WorkerUnderLoad, sending forms: Int) throws {
            let deadline = ContinuousClock.now + .seconds(120)
            func lastWord() throws -> Substring? {
                try load.worker.log.split(separator: "\n").last { $0.contains(full) || $0.contains(room) }
            }
            while try lastWord()?.contains(text) != true, ContinuousClock.now < deadline {
                if forms > 0 { load.start(cases: forms) }
                load.go(on: .milliseconds(200))
            }
            #expect(try lastWord()?.contains(text) == true, "\(load.lastWords)")
        }

        private static func expectNothingTaken(_ load: WorkerUnderLoad) throws {
            // What was committed before still goes out.
            let deadline = ContinuousClock.now + .seconds(60)
            var said: Set<Sighting>
            repeat {
                said = Set(load.traffic.seen.elements)
                load.go(on: .seconds(2))
            } while Set(load.traffic.seen.elements) != said && ContinuousClock.now < deadline
            load.start(cases: 10)
            load.go(on: .seconds(2))
            #expect(Set(load.traffic.seen.elements).subtracting(said).isEmpty)
            #expect(try load.waiting >= 10)
        }
    }
}
