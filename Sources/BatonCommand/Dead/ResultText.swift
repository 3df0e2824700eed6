internal import LedgerMessages
internal import Vocabulary
internal import Wire

/// What became of letters that something was done with.
enum ResultText {
    /// What became of one that was sent back, in a few words.
    static func outcome(of result: LetterResult, _ terminal: Terminal) -> String {
        let why = terminal.retimed(result.why ?? "it does not say why")
        switch result.outcome {
        case .applied: return terminal.paint("applied", .green)
        case .duplicate: return "nothing was left to do" + (result.why == nil ? "" : ": \(why)")
        case .early: return "kept until its time has come: \(why)"
        case .refused: return "\(terminal.paint("refused", .red)): \(why)"
        case .dead:
            let again = result.again.map {
                "; it is letter \($0.prefix(Limits.shownIDCharacters)), see: baton dead show \($0)"
            }
            return "\(terminal.paint("failed again", .red)): \(why)\(again ?? "")"
        }
    }

    /// What became of one, after its name.
    static func line(_ line: LetterTask.Line, of kind: LetterTask.Kind, _ terminal: Terminal) -> String {
        let letter = "Letter \(line.letter.prefix(Limits.shownIDCharacters))"
        guard kind.isSending else { return "\(letter): \(kind.participle)" }
        let worker = line.worker.map { " to \($0)" } ?? ""
        let outcome =
            line.result.map { self.outcome(of: $0, terminal) } ?? "what became of it is not known yet"
        return "\(letter), \(kind.participle)\(worker): \(outcome)"
    }
}

extension LetterTask.Kind {
    /// Whether it sends letters to their workers, who then say what became of them.
    var isSending: Bool {
        switch self {
        case .redrive, .edit: true
        case .discard, .undo: false
        }
    }

    /// What its letters are by it.
    var participle: String {
        switch self {
        case .redrive: "sent back"
        case .edit: "sent as edited"
        case .discard: "discarded"
        case .undo: "open again"
        }
    }
}
