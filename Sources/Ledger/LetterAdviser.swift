import Engine
import LedgerMessages
import Vocabulary
import Wire

/// What to do about a letter, the first best: commands that run as they are, but for the values at `…`.
struct LetterAdviser {
    let letter: LetterRow
    let fleet: FleetOutline

    private static let speaking = "--by … --reason …"

    var advice: [LetterAdvice] {
        switch letter.state {
        case .open: open
        case .discarded: [LetterAdvice("Take the discard back", command("undo"))] + story
        case .redriven, .edited, .moot, .removed: story
        }
    }

    private var open: [LetterAdvice] {
        let first = remedies
        let canGoBack = letter.obstacle(in: fleet) == nil
        let edits =
            letter.isEditable && (canGoBack || !letter.isWhole) && !letter.takers(in: fleet).isEmpty
            ? [LetterAdvice("Put right what it says, and send it as its author", command("edit"))] : []
        let redrive = canGoBack ? [LetterAdvice(redriveSentence, command("redrive"))] : []
        let discard = [LetterAdvice("Let it drop, if nobody needs it any more", command("discard"))]
        // What people said wrongly is put right before it is tried again.
        return first + (isWrong ? edits + redrive : redrive + edits) + story + discard
    }

    /// What comes before anything is sent back.
    private var remedies: [LetterAdvice] {
        switch kind {
        case .stuck:
            [
                LetterAdvice(
                    "See what is asked, and get the team to answer",
                    "baton inbox show \((letter.handoff ?? "").prefix(Limits.shownIDCharacters))"),
                LetterAdvice(
                    "Answer it in the team's name, as one of its users",
                    "baton answer \((letter.handoff ?? "").prefix(Limits.shownIDCharacters))"),
            ]
        case .crashLoop:
            [LetterAdvice("See in its log why it goes down, before it takes it down again", journal)]
        case .reactionFailed, .unstorable:
            [LetterAdvice("See in its log what failed, and deploy what mends it", journal)]
        case .effect where letter.caseID != nil:
            [
                LetterAdvice(
                    "See whether the address is right, and whether what does the work runs", "baton doctor")
            ]
        default:
            switch letter.reason {
            case LetterReading.unheard where letter.takers(in: fleet).isEmpty:
                [LetterAdvice("See whether a worker or a binding is missing", "baton topology verify")]
            case LetterReading.unheard:
                [LetterAdvice("Bind the queues of those who listen", "baton topology apply")]
            case LetterReading.byTheBroker:
                [LetterAdvice("See in its log why it never came to an end", journal)]
            default: []
            }
        }
    }

    private var redriveSentence: String {
        switch kind {
        case .stuck: "Ask the team again, with a new clock"
        case .effect: "Have it done again, once what was in its way is mended"
        case .unknownType, .unknownVersion:
            "Send it back, once a \(worker) is installed that knows \(letter.type?.description ?? "it")"
        case .malformed, .unreadable, .contradiction, .rule:
            letter.isEditable
                ? "Send it back as it is, once \(worker) would take it"
                : "Send it back, once a \(worker) is deployed that takes it"
        case .crashLoop, .reactionFailed, .unstorable: "Send it back, once \(worker) is mended"
        case .overdueEarly: "Have \(worker) try it now, once what comes before it has come"
        default: "Send it back to \(worker)"
        }
    }

    private var story: [LetterAdvice] {
        letter.caseID.map { [LetterAdvice("See what became of its case", "baton case show \($0)")] } ?? []
    }

    /// Whether what it says is what is wrong.
    private var isWrong: Bool {
        switch kind {
        case .malformed, .unreadable, .contradiction, .rule, .tooLarge: true
        default: false
        }
    }

    private var kind: Trouble.Kind? { Trouble.Kind(rawValue: letter.reason) }
    private var worker: String { letter.takers(in: fleet).first?.rawValue ?? "its worker" }
    private var journal: String { "journalctl --unit baton-\(worker)" }

    private func command(_ verb: String) -> String {
        "baton dead \(verb) \(letter.shortID) \(Self.speaking)"
    }
}
