import DirectoryFile
import Fleet
import Foundation
import Testing
import TopologyKit

@Suite("What is checked in")
struct CheckedInTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let renewal =
        "baton topology export --directory Deploy/example/directory.yaml --to Topology"

    @Test("The folder Topology is what the declarations and the example directory give")
    func isFresh() throws {
        let directory = try DirectoryFile.read(Self.root.path + "/Deploy/example/directory.yaml")
        let topology = try Topology(fleet: Fleet.declarations(), directory: directory)
        for file in topology.files {
            let found = try? String(
                contentsOfFile: "\(Self.root.path)/Topology/\(file.path)", encoding: .utf8)
            #expect(
                found == file.text, "Topology/\(file.path) is stale; renew it with: swift run \(Self.renewal)"
            )
        }
        let schemas = try FileManager.default.contentsOfDirectory(
            atPath: "\(Self.root.path)/Topology/schemas")
        let known = Set(topology.files.map(\.path))
        for name in schemas {
            #expect(
                known.contains("schemas/\(name)"),
                "Topology/schemas/\(name) belongs to no message; renew with: swift run \(Self.renewal)")
        }
    }
}
