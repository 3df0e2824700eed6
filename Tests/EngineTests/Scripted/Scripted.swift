import Vocabulary
import WorkerKit

/// Does what its messages say: whatever the engine promises can be asked of it in a line.
enum Scripted: Worker {
    typealias Messages = ScriptedMessages

    struct Memory: CaseMemory {
        var words: [String] = []
        var isGateOpen = false
    }

    enum Gate: String, GateName {
        case curtain
    }

    static func closedBecause(_ gate: Gate, _ memory: Memory) -> String? {
        memory.isGateOpen
            ? nil : (["the curtain is down"] + memory.words.map { "after \"\($0)\"" }).joined(separator: " ")
    }

    static var parts: [Part] {
        [
            Part(in: .play) {
                On(Begin.self) { begin, turn in try turn.perform(begin.steps) }
                On(Told.self) { told, turn in try turn.perform(told.steps) }
                On(Alarm.self) { alarm, turn in try turn.perform(alarm.steps) }
                Answered(Errand.self) { answer, turn in
                    if answer.isComplete { try turn.perform(answer.question.then) }
                }
                Done(Chore.self) { outcome, turn in try turn.perform(outcome.steps) }
            }
        ]
    }

    /// What a script says is wrong.
    struct Mishap: Error, CustomStringConvertible {
        let description: String
    }
}

extension Turn<Scripted> {
    fileprivate mutating func perform(_ steps: [Step]) throws {
        for step in steps where notYetBecause == nil { try perform(step) }
    }

    private mutating func perform(_ step: Step) throws {
        switch step.verb {
        case .say: publish(Said(word: step.key))
        case .ask:
            handOff(
                Errand(items: step.items, then: step.then), key: step.key,
                once: step.isGated ? .curtain : nil)
        case .revoke: revoke(Errand.self, key: step.key)
        case .wake: wake(at: step.at ?? now, Alarm(steps: step.then), key: step.key)
        case .cancelTimer: cancelTimer(Alarm.self, key: step.key)
        case .run: run(Chore(name: step.key))
        case .fail: throw Scripted.Mishap(description: step.key)
        case .remember: memory.words.append(step.key)
        case .openGate: memory.isGateOpen = true
        case .wait: if !memory.words.contains(step.key) { notYet("nobody said \"\(step.key)\" yet") }
        }
    }
}
