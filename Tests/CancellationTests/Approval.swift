import Foundation
import StrictJSON
import Testing

/// What others rely on, frozen in files that stand beside the tests.
enum Approval {
    /// The approved document.
    static func document(_ name: String) throws -> JSON {
        let file = try #require(
            Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Approved"),
            "Approved/\(name).json is missing")
        return try JSON(parsing: [UInt8](Data(contentsOf: file)))
    }

    /// Expects a document to be as it was approved.
    static func expect(
        _ document: JSON, isApprovedAs name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let isApproved = try document == self.document(name)
        #expect(
            isApproved,
            "Approved/\(name).json says otherwise; if no reader breaks, approve this:\n\(document.indentedText)",
            sourceLocation: sourceLocation)
    }
}
