import Engine
import LedgerMessages
import StrictJSON
import Vocabulary
import Wire

/// What an operator commands, as it came: the broker proved the user.
struct OperatorCommand {
    let user: UserName
    let envelope: Envelope

    /// What is known of it everywhere.
    var id: MessageID { envelope.id }

    /// What is to be done.
    enum Wish {
        case redrive(RedriveLetters)
        case edit(EditLetter)
        case discard(DiscardLetters)
        case undo(UndoDiscard)
        case cancel(CancelTask)

        fileprivate var command: any LetterCommand {
            switch self {
            case .redrive(let command): command
            case .edit(let command): command
            case .discard(let command): command
            case .undo(let command): command
            case .cancel(let command): command
            }
        }
    }

    /// Reads what is to be done, strictly: what is unknown in it may be what matters.
    func wish() throws(Trouble) -> Wish {
        let wish: Wish
        switch envelope.type {
        case RedriveLetters.type: wish = .redrive(try read())
        case EditLetter.type: wish = .edit(try read())
        case DiscardLetters.type: wish = .discard(try read())
        case UndoDiscard.type: wish = .undo(try read())
        case CancelTask.type: wish = .cancel(try read())
        default:
            throw Trouble(
                .unknownType,
                "the ledger knows no command \(envelope.type); is `baton` newer than the ledger?")
        }
        let count = wish.command.reason.trimmed.unicodeScalars.count
        guard (1...Limits.reasonCharacters).contains(count) else {
            throw Trouble(
                .malformed,
                ".data.reason must have 1 to \(Limits.reasonCharacters) characters, not \(count)")
        }
        return wish
    }

    /// Who said so and why, at the moment the ledger takes it.
    func order(_ command: some LetterCommand, at now: Timestamp) -> LetterOrder {
        LetterOrder(
            user: user, by: command.by, reason: command.reason.trimmed, message: envelope.id,
            type: envelope.type, digest: envelope.contentDigest, at: now)
    }

    private func read<Command: LetterCommand>() throws(Trouble) -> Command {
        do { return try StrictDecoder.decode(Command.self, from: envelope.data, path: ".data") } catch {
            throw Trouble(.malformed, error.description)
        }
    }
}

extension LetterFilter {
    /// Makes sure that a filter of a command says which letters are meant, of those in a state.
    func check(takes state: LetterState) throws(Trouble) {
        guard isNarrow else {
            throw Trouble(
                .malformed,
                ".data.letters must name at least one condition beside the state; all letters at once are never meant"
            )
        }
        guard self.state == nil || self.state == state else {
            throw Trouble(
                .malformed,
                ".data.letters.state must be \(state.rawValue) or left out, not \(self.state?.rawValue ?? "")"
            )
        }
    }
}

extension String {
    /// Without white space around it.
    fileprivate var trimmed: String {
        let front = drop { $0.isWhitespace }
        guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(front[...last])
    }
}
