import LedgerMessages
import StrictJSON
import Vocabulary
import Wire

extension StoryRule {
    /// What holds in every process.
    package static let general = [
        questionTwice, eventTwice, mailTwice, numbersLeftOut, refused, stepAfterEnd, endedWithOpen,
    ]

    private static let questionTwice = StoryRule(
        "question-twice", "One question is never asked under two ids; another round asks another."
    ) { story in
        // As it was first wanted: what is left of it later is no other question.
        var wanted: [HandoffID: String] = [:]
        for entry in story.entries.sorted(by: { $0.turn.number < $1.turn.number }) {
            for handoff in entry.turn.handoffs where wanted[handoff.id] == nil {
                let content = handoff.question?.text ?? ""
                wanted[handoff.id] = "\(entry.worker) \(handoff.type) \(handoff.key) \(content)"
            }
        }
        return severalUnderOne(wanted.map { ($0.value, $0.key.description) })
    }

    private static let eventTwice = StoryRule(
        "event-twice", "One event is never published under two ids."
    ) { story in
        let ids = story.turns.flatMap { turn in
            turn.sent.filter { $0.kind == .event }.map { ($0.type?.description ?? "no type", $0.id) }
        }
        return severalUnderOne(ids)
    }

    private static let mailTwice = StoryRule(
        "mail-twice", "One mail is never ordered under two keys."
    ) { story in
        let ids = story.entries.flatMap { entry in
            entry.turn.effects.filter { $0.state == .waiting && $0.attempts == 0 }.map {
                ("\(entry.worker) \(entry.turn.heard.id): \($0.title)", $0.id)
            }
        }
        return severalUnderOne(ids)
    }

    private static let numbersLeftOut = StoryRule(
        "numbers-left-out", "A worker's turns are never numbered otherwise than 1, 2, 3 and so on."
    ) { story in
        guard story.gaps.isEmpty, story.restored.isEmpty else {
            return "gaps \(story.gaps), restored \(story.restored)"
        }
        for (worker, entries) in Dictionary(grouping: story.entries, by: \.worker) {
            // Whoever hears of a case that it keeps nothing of numbers nothing.
            let numbers = entries.map(\.turn.number).filter { $0 > 0 }.sorted()
            guard numbers == Array(1..<numbers.count + 1) else { return "\(worker) numbers \(numbers)" }
        }
        return nil
    }

    private static let refused = StoryRule(
        "refused",
        "Where everybody does well, no message is refused or dead, unless it was crossed by a revocation."
    ) { story in
        let bad = story.turns.first { turn in
            // Work outside can be impossible whoever asks for it; a letter says so.
            [.refused, .dead].contains(turn.outcome) && turn.heard.kind != .effect
                && turn.trouble?.reason != "revoked"
        }
        return bad.map { "\($0.heard.type?.description ?? $0.heard.id): \($0.trouble?.why ?? "no reason")" }
    }

    private static let stepAfterEnd = StoryRule(
        "step-after-end", "Nothing is asked or made known after the case has ended."
    ) { story in
        guard let end = story.end else { return nil }
        let late = story.turns.first { turn in
            turn.at > end.at
                && (turn.sent.contains { $0.kind == .event }
                    || turn.handoffs.contains { $0.state != .revoked })
        }
        return late.map { "it ended at \(end.at), and at \($0.at) it went on with \($0.heard.id)" }
    }

    private static let endedWithOpen = StoryRule(
        "ended-with-open", "A case never ends while a handoff is held or open."
    ) { story in
        guard story.end != nil else { return nil }
        var last: [HandoffID: TurnRecord.HandoffEntry] = [:]
        for entry in story.entries.sorted(by: { $0.turn.number < $1.turn.number }) {
            for handoff in entry.turn.handoffs { last[handoff.id] = handoff }
        }
        let open = last.values.first { $0.state == .held || $0.state == .open }
        return open.map { "\($0.type) is \($0.state)" }
    }

    /// The first subject that stands under more than one id.
    private static func severalUnderOne(_ ids: [(subject: String, id: String)]) -> String? {
        let bySubject = Dictionary(grouping: ids, by: \.subject).mapValues { Set($0.map(\.id)) }
        return bySubject.first { $0.value.count > 1 }.map { "\($0.key): \($0.value.sorted())" }
    }
}
