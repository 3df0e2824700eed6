import Engine
import Vocabulary
import Wire

/// The dead letters that an operator has found, and what becomes of them: each is sent back once the calm has come, and
/// some before, soon or late, once or twice.
struct Letters {
    private var found: [(letter: QueuedMessage, worker: WorkerName, isNew: Bool)] = []

    /// Takes a letter that can be sent back: what only took its worker down by chance, or names a row that waits.
    mutating func add(_ letter: QueuedMessage, of worker: WorkerName) {
        let headers = letter.properties.headers
        let isMessage = headers[.reason] == Trouble.Kind.crashLoop.rawValue
        guard isMessage || headers[.row] != nil else { return }
        // A message is sent back in the calm alone: again, it might meet what took its worker down.
        found.append((letter, worker, !isMessage))
    }

    /// Sends some of the new letters back, and keeps all.
    mutating func drawSome(_ random: inout SeededGenerator) -> [Errand] {
        var errands: [Errand] = []
        for index in found.indices where found[index].isNew {
            found[index].isNew = false
            guard random.chance(600) else { continue }
            errands.append(
                errand(found[index], after: random.duration(Rehearsal.Limits.operatorMilliseconds)))
            if random.chance(400) {
                errands.append(
                    errand(found[index], after: random.duration(Rehearsal.Limits.operatorMilliseconds)))
            }
        }
        return errands
    }

    /// Sends every letter back that names no stuck handoff: messages, and effects that failed.
    mutating func takeFailed() -> [Errand] { take { !$0.isOfStuckHandoff } }

    /// Sends the letters of stuck handoffs back, whatever has become of those by now.
    mutating func takeStuck() -> [Errand] { take(where: \.isOfStuckHandoff) }

    private mutating func take(where isTaken: (QueuedMessage) -> Bool) -> [Errand] {
        defer { found.removeAll { isTaken($0.letter) } }
        return found.filter { isTaken($0.letter) }.map { errand($0, after: .zero) }
    }

    private func errand(
        _ found: (letter: QueuedMessage, worker: WorkerName, isNew: Bool), after delay: Duration
    ) -> Errand {
        Errand(
            by: "operator", after: delay, Parcel(.redrive, found.worker.rawValue, found.letter.body),
            properties: found.letter.properties)
    }
}

extension QueuedMessage {
    fileprivate var isOfStuckHandoff: Bool {
        properties.headers[.reason] == Trouble.Kind.stuck.rawValue
    }
}
