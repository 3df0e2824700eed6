import StrictJSON

/// Any JSON: what is read is written so that it is read back the same.
struct JSONSubject: Subject {
    private let examples: [JSON]

    init(scratch: String) throws {
        examples = try Examples.approved() + Odd.values
    }

    func draw(_ mutator: inout Mutator) -> [UInt8] { mutator.document(from: examples) }

    func take(_ input: [UInt8]) throws -> Bool {
        guard let document = try? JSON(parsing: input) else { return false }
        let written = document.serialized()
        // What is written may be longer, and then too long: `1E9` is `1000000000.0`.
        guard let again = try? JSON(parsing: written, maxBytes: written.count) else {
            throw BrokenPromise("what is written cannot be read: \(document.text.prefix(200))")
        }
        guard again == document, again.serialized() == written else {
            throw BrokenPromise("what is written is read as something else: \(document.text.prefix(200))")
        }
        return true
    }
}
