package import StrictJSON
package import Vocabulary

/// Something that an operator has the ledger do about letters.
///
/// A command is an envelope of type `ledger.<name>.v1` on the key `operate.ledger.<user>`. The ledger notes its verdict
/// as workers do theirs; what it set going is a task, whose id is ``LetterTask/id(of:by:)``.
package protocol LetterCommand: Codable, Equatable, Sendable {
    /// The kebab-case name of the command.
    static var name: String { get }
    /// Who says so.
    var by: Person { get }
    /// Why, for those who read the case.
    var reason: String { get }
}

extension LetterCommand {
    /// The type of the command's envelope.
    package static var type: MessageType { MessageType(stringLiteral: "ledger.\(name).v1") }
}

/// Which letters a command is about: those that are there when the ledger takes it, and no later ones.
package enum LetterSelection: Codable, Equatable, Sendable {
    /// One, by its id or the beginning of it (at least four characters) where only one begins so.
    case one(String)
    /// All that meet a filter, of which at least one condition is set.
    case all(LetterFilter)
}

/// Has letters sent back to where they came from.
package struct RedriveLetters: LetterCommand {
    package static let name = "redrive-letters"

    package let by: Person
    package let reason: String
    /// Which.
    package let letters: LetterSelection
    /// Whether they go in growing stages (1, 2, 5, 20, 100 …), each begun when all of the one before are known to be
    /// well; at the first that fails again the rest stays.
    package let isStaged: Bool
    /// At most so many in a second; `nil` for as many as the broker takes.
    package let perSecond: Int?

    /// Commands.
    package init(
        by: Person, reason: String, letters: LetterSelection, isStaged: Bool, perSecond: Int? = nil
    ) {
        self.by = by
        self.reason = reason
        self.letters = letters
        self.isStaged = isStaged
        self.perSecond = perSecond
    }
}

/// Has a letter of what people said sent to its worker in another form; who edits it becomes its author.
package struct EditLetter: LetterCommand {
    package static let name = "edit-letter"

    package let by: Person
    package let reason: String
    /// The letter's id, or the beginning of it.
    package let letter: String
    /// The whole CloudEvent as it is to go.
    package let message: JSON

    /// Commands.
    package init(by: Person, reason: String, letter: String, message: JSON) {
        self.by = by
        self.reason = reason
        self.letter = letter
        self.message = message
    }
}

/// Lets letters drop.
package struct DiscardLetters: LetterCommand {
    package static let name = "discard-letters"

    package let by: Person
    package let reason: String
    /// Which.
    package let letters: LetterSelection
    /// Whether letters are dropped, too, that an open case cannot go on without.
    package let isForced: Bool

    /// Commands.
    package init(by: Person, reason: String, letters: LetterSelection, isForced: Bool = false) {
        self.by = by
        self.reason = reason
        self.letters = letters
        self.isForced = isForced
    }
}

/// Takes a discard back.
package struct UndoDiscard: LetterCommand {
    package static let name = "undo-discard"

    package let by: Person
    package let reason: String
    /// Which of those that were discarded.
    package let letters: LetterSelection

    /// Commands.
    package init(by: Person, reason: String, letters: LetterSelection) {
        self.by = by
        self.reason = reason
        self.letters = letters
    }
}

/// Stops a task; what it has done stays done.
package struct CancelTask: LetterCommand {
    package static let name = "cancel-task"

    package let by: Person
    package let reason: String
    /// The task's id, or the beginning of it.
    package let task: String

    /// Commands.
    package init(by: Person, reason: String, task: String) {
        self.by = by
        self.reason = reason
        self.task = task
    }
}
