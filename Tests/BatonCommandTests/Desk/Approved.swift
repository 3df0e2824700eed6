import Foundation
import Testing

/// What others rely on, frozen in files that stand beside the tests.
enum Approved {
    /// Expects a text to be as it was approved.
    static func expect(
        _ text: String, isApprovedAs name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Approved")
        let approved = try file.map { try String(contentsOf: $0, encoding: .utf8) }
        #expect(
            text == approved,
            "if this is wanted, put it into Tests/BatonCommandTests/Approved/\(name):\n\(text)",
            sourceLocation: sourceLocation)
    }
}
