internal import ArgumentParser
internal import Vocabulary

/// Who speaks, where nothing but that and perhaps a reason is to be said.
struct SpeakerOptions: ParsableArguments {
    @Option(
        help: .init("Who says so: a name or email address.", valueName: "person"),
        transform: Person.speaking)
    var by: Person
}

/// Why something is said, for those who read it.
struct ReasonOption: ParsableArguments {
    @Option(
        help: .init("Why, in a sentence of at most 500 characters.", valueName: "reason"),
        transform: { reason in
            guard reason != Assignment.placeholder else {
                throw ValidationError("Put a sentence behind --reason, not \(reason)")
            }
            return reason
        })
    var reason: String
}

extension Person {
    /// The person that an argument names.
    @Sendable static func speaking(_ argument: String) throws -> Person {
        guard argument != Assignment.placeholder else {
            throw ValidationError("Put a name or email address behind --by, not \(argument)")
        }
        return try Person(argument)
    }
}
