import Engine
import Vocabulary
import Wire

/// What never happens outside, in any process.
extension NeverRule {
    static let outside = [attemptedAgain, doneTwice, undone]

    private static let attemptedAgain = NeverRule(
        "attempted-again",
        "Nothing outside is attempted before it is committed, or once its worker knows that it is done.",
        .before { happening, history in
            guard case .attempted(let effect, let worker) = happening else { return nil }
            let committed = history.committed(by: worker)
            if committed.isSettled(effect.id) { return "\(happening): its outcome is on record" }
            if history.wasTold(worker, of: effect.id) { return "\(happening): it was told that it is done" }
            return committed.effects[effect.id] == nil ? "\(happening): it is not committed" : nil
        })

    private static let doneTwice = NeverRule(
        "done-twice", "One thing is never done outside twice, but under the same key.",
        .before { happening, history in
            guard case .performed(let effect, let worker) = happening else { return nil }
            let twin = history.deeds.first {
                $0.worker == worker && $0.effect.id != effect.id && $0.effect.caseID == effect.caseID
                    && $0.effect.type == effect.type && $0.effect.data == effect.data
            }
            return twin.map { "\(happening)\nand was done under \($0.effect.id)" }
        })

    private static let undone = NeverRule(
        "undone", "Nothing that is to be done outside is left neither done nor given up with a letter.",
        .atRest { history in
            for worker in history.workers {
                let committed = history.committed(by: worker)
                let letters = Set(
                    committed.sends.filter { $0.exchange == Exchange.dead.rawValue }.compactMap(
                        \.properties.messageID))
                let lost = committed.wantedEffects.first { id in
                    let isOpen = committed.effects[id] != nil
                    return isOpen ? !letters.contains(id) : !history.isDone(id)
                }
                if let lost { return "\(worker) left \(lost) undone" }
            }
            return nil
        })
}
