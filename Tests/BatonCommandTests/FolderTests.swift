import Foundation
import Testing
import TopologyKit

@testable import BatonCommand

@Suite("Files and folders of the command")
struct FolderTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "baton-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func mode(of path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }

    @Test("A password stays the same once it is made, and neither it nor its folder is open to others")
    func password() throws {
        try withFolder { path in
            let folder = PasswordFolder(path: path)
            let password = try folder.password(of: "pilot")
            #expect(try folder.password(of: "pilot") == password)
            #expect(try folder.password(of: "purser") != password)
            #expect(try mode(of: "\(path)/pilot") == 0o600)
            #expect(try mode(of: path) == 0o700)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: path).sorted() == ["pilot", "purser"])
        }
    }

    @Test("A password that others can read is refused, and so is an empty file")
    func exposed() throws {
        try withFolder { path in
            let folder = PasswordFolder(path: path)
            _ = try folder.password(of: "pilot")
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: "\(path)/pilot")
            #expect(throws: FileFault.exposed("\(path)/pilot")) { try folder.password(of: "pilot") }
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(path)/pilot")
            try Data("\n".utf8).write(to: URL(filePath: "\(path)/pilot"))
            #expect(throws: FileFault.empty("\(path)/pilot")) { try folder.password(of: "pilot") }
        }
    }

    @Test("A draft that a crash left behind is in nobody's way")
    func draft() throws {
        try withFolder { path in
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try Data("half".utf8).write(to: URL(filePath: "\(path)/pilot.new"))
            #expect(try PasswordFolder(path: path).password(of: "pilot").count == 43)
        }
    }

    @Test(
        "Exported files are fresh until one is changed, missing or too many; exporting again mends exactly that"
    )
    func export() throws {
        try withFolder { path in
            let folder = TopologyFolder(path: path)
            let files = try harbour().files
            #expect(folder.stale(from: files).map(\.path) == files.map(\.path))
            try folder.renew(folder.stale(from: files))
            #expect(folder.stale(from: files) == [])

            try Data("{}".utf8).write(to: URL(filePath: "\(path)/definitions.json"))
            try FileManager.default.removeItem(atPath: "\(path)/schemas/harbour.dock.v1.json")
            try Data().write(to: URL(filePath: "\(path)/schemas/harbour.gone.v1.json"))
            try Data().write(to: URL(filePath: "\(path)/schemas/README.md"))
            let stale = folder.stale(from: files)
            #expect(
                stale.map(\.path) == [
                    "definitions.json", "schemas/harbour.dock.v1.json", "schemas/harbour.gone.v1.json",
                ])
            try folder.renew(stale)
            #expect(folder.stale(from: files) == [])
            #expect(FileManager.default.fileExists(atPath: "\(path)/schemas/README.md"))
        }
    }
}
