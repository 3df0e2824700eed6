import LedgerMessages
import Vocabulary
import Wire
import WorkerKit

extension Outline {
    /// The steps in order, each with where it stands.
    ///
    /// A version more or less is the same step. What is done under a condition lies ahead as long as no later step
    /// is asked; a notice counts as told once a later step is asked, or the case is completed.
    ///
    /// - Parameters:
    ///   - handoffs: what the case has or had, in the order they were wanted.
    ///   - answers: who answered them.
    ///   - state: whether the case has ended: nothing lies ahead of it any more then.
    func steps(
        of handoffs: [LedgerStore.HandoffRow], answers: [HandoffID: LedgerStore.Answer], in state: CaseState
    ) -> [CaseStory.Step] {
        let byType = Dictionary(grouping: handoffs.map(\.entry), by: \.type.routingKey)
        let asked = steps.filter { byType[$0]?.contains { $0.askedAt != nil } ?? false }
        let reached = asked.map(\.place).max() ?? 0
        return steps.map { step in
            let round = StepRound(byType[step] ?? [])
            let status = round.status ?? step.status(besides: reached, in: state)
            let deciding = round.deciding(status, answers)
            return CaseStory.Step(
                title: step.title, place: step.place, worker: step.owner, team: step.team, status: status,
                since: deciding.flatMap { status == .done ? answers[$0.id]?.at : $0.askedAt ?? $0.since },
                by: deciding.flatMap { answers[$0.id]?.by },
                custody: status == .open ? deciding?.custody : nil, handoff: deciding?.id,
                count: .init(
                    wanted: round.newest.count, answered: round.newest.count { $0.state == .answered }),
                onlyIf: step.onlyIf, isReversible: step.isReversible)
        }
    }

    /// The first step that cannot be undone and was answered, be it in part or in an earlier round.
    func tooLate(of handoffs: [LedgerStore.HandoffRow]) -> Step? {
        let done = Set(
            handoffs.map(\.entry).filter { $0.state == .answered || $0.revision > 0 }.map(\.type.routingKey))
        return steps.first { !$0.isReversible && $0.handoff.map { done.contains($0.routingKey) } ?? false }
    }
}

extension Outline.Step {
    /// Where a step stands that was never asked, while others were up to a place.
    fileprivate func status(besides reached: Int, in state: CaseState) -> CaseStory.Step.Status {
        let isBehind = place < reached
        if handoff == nil, isBehind || state == .completed { return .done }
        return state != .open || isBehind && onlyIf != nil ? .skipped : .ahead
    }
}

extension [String: [TurnRecord.HandoffEntry]] {
    /// The handoffs of a step; `nil` where it has none.
    fileprivate subscript(step: Outline.Step) -> [TurnRecord.HandoffEntry]? {
        step.handoff.flatMap { self[$0.routingKey] }
    }
}

/// The handoffs of one step that count: of each key the newest, unless it was taken back.
private struct StepRound {
    let newest: [TurnRecord.HandoffEntry]

    init(_ handoffs: [TurnRecord.HandoffEntry]) {
        var last: [String: Int] = [:]
        for (index, handoff) in handoffs.enumerated() { last[handoff.key] = index }
        newest = last.values.sorted().map { handoffs[$0] }.filter { $0.state != .revoked }
    }

    /// Where the step stands; `nil` where nothing is asked and nothing was answered.
    var status: CaseStory.Step.Status? {
        if newest.isEmpty { return nil }
        if newest.contains(where: { $0.state == .open }) { return .open }
        return newest.contains { $0.state == .held } ? .held : .done
    }

    /// The handoff that tells since when: of the open and held ones the earliest, of the answered ones the latest.
    func deciding(
        _ status: CaseStory.Step.Status, _ answers: [HandoffID: LedgerStore.Answer]
    ) -> TurnRecord.HandoffEntry? {
        switch status {
        case .open:
            newest.filter { $0.state == .open }.min { ($0.askedAt ?? $0.since) < ($1.askedAt ?? $1.since) }
        case .held: newest.filter { $0.state == .held }.min { $0.since < $1.since }
        case .done: newest.max { (answers[$0.id]?.at ?? $0.since) < (answers[$1.id]?.at ?? $1.since) }
        case .ahead, .skipped: nil
        }
    }
}
