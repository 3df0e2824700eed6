import LedgerMessages
import Synchronization
import Wire

extension ScriptedLedger {
    /// A ledger that takes what operators say about letters.
    ///
    /// - Parameters:
    ///   - verdict: on their commands.
    ///   - tasks: how the task stands, question by question; the last one stays.
    ///   - letter: what is asked for by its id.
    static func operated(
        verdict: AskVerdict.Reply = Samples.verdict(.applied), tasks: [LetterTask] = [Samples.task(.done)],
        letter: Letter = Samples.saidLetter
    ) -> Script {
        let asked = Atomic(0)
        return { question in
            switch question.envelope.type {
            case AskVerdict.type: return try .to(AskVerdict.self, verdict)
            case AskTask.type:
                let count = asked.add(1, ordering: .relaxed).newValue
                return try .to(AskTask.self, tasks[min(count, tasks.count) - 1])
            case AskLetter.type: return try .to(AskLetter.self, letter)
            case AskLetters.type: return try .to(AskLetters.self, Samples.letters())
            default: return nil
            }
        }
    }
}
