import DirectoryFile
import Vocabulary
import Wire

/// The directory as operators write it.
struct DirectorySubject: Subject {
    private let file: ScratchFile
    private let examples: [String]

    init(scratch: String) throws {
        file = try ScratchFile("directory.yaml", in: scratch)
        examples = [
            try Examples.text("Deploy/example/directory.yaml"),
            """
            calendars: [{key: always, timeZone: UTC, hours: {monday: "00:00-24:00"}}]
            teams: [{name: ems, title: EMS, reach: queue, calendar: always}]
            users: [{name: ems, team: ems, roles: team}]
            products: [{code: crm, title: CRM, family: crm}]
            """,
        ]
    }

    func draw(_ mutator: inout Mutator) -> [UInt8] { mutator.file(from: examples + Laughs.examples) }

    func take(_ input: [UInt8]) throws -> Bool {
        try file.write(input)
        do {
            guard try !DirectoryFile.read(file.path).digest.isEmpty else {
                throw BrokenPromise("a directory that is taken cannot be encoded")
            }
            return true
        } catch let fault as DirectoryFault {
            guard !fault.description.isEmpty else { throw BrokenPromise("it is refused without a word") }
            return false
        }
    }
}
