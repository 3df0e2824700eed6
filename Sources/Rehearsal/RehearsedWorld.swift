import Engine
import StrictJSON
import Vocabulary

/// What one run of a worker does outside, played on the virtual clock: it works, fails, hangs, or works without
/// anybody hearing of it.
///
/// What was done stays done, whatever becomes of the worker: it stands in the history.
final class RehearsedWorld: World {
    private let worker: WorkerName
    private let answer: (EffectRow) -> JSON
    private let broker: MemoryBroker
    private let crash: CrashSwitch
    private var random: SeededGenerator
    private var tries: [Try] = []
    private var blockedUntil: Duration = .zero

    /// One try under way.
    private struct Try {
        let effect: EffectRow
        let timeout: Duration
        let fate: Fate
        let startedAt: Duration
        let endsAt: Duration
    }

    /// How a try ends.
    private enum Fate {
        case done, failed, unheard, hung, impossible, blocked

        /// Whether it may be done by the time the worker dies.
        var mayBeDone: Bool { self == .done || self == .unheard || self == .hung }
    }

    /// Makes a world for one run of a worker.
    ///
    /// - Parameters:
    ///   - worker: whose world it is.
    ///   - broker: of the same history; what goes wrong there goes wrong here.
    ///   - crash: what ends the run.
    ///   - random: what fates are drawn from.
    ///   - answer: what doing an effect brings back.
    init(
        of worker: WorkerName, broker: MemoryBroker, crash: CrashSwitch, random: SeededGenerator,
        answer: @escaping (EffectRow) -> JSON
    ) {
        self.worker = worker
        self.broker = broker
        self.crash = crash
        self.random = random
        self.answer = answer
    }

    private var now: Duration { broker.clock.now.monotonic }
    private var history: History { broker.history }

    /// Whether nothing is under way.
    var isQuiet: Bool { tries.isEmpty }

    // MARK: World

    func start(_ effect: EffectRow, timeout: Duration) {
        guard crash.isAlive else { return }
        history.record(.attempted(effect, by: worker))
        let fate = now < blockedUntil ? .blocked : drawnFate()
        tries.append(
            Try(
                effect: effect, timeout: timeout, fate: fate, startedAt: now,
                endsAt: now + wait(for: fate, timeout)))
    }

    func outcomes() -> [(id: String, outcome: EffectOutcome)] {
        guard crash.isAlive else { return [] }
        let ended = tries.filter { $0.endsAt <= now }
        tries.removeAll { $0.endsAt <= now }
        var outcomes: [(id: String, outcome: EffectOutcome)] = []
        for attempt in ended.shuffled(using: &random) {
            guard let outcome = end(attempt) else { return [] }
            outcomes.append((attempt.effect.id, outcome))
        }
        if let last = ended.last, tries.contains(where: { $0.startedAt < last.startedAt }) {
            history.saw(.effectOvertaken)
        }
        return outcomes
    }

    // MARK: What goes wrong

    /// Nothing can be tried for a while: a login is missing.
    func block(for duration: Duration) { blockedUntil = now + duration }

    /// From now on everything works.
    func calm() { blockedUntil = .zero }

    /// The process is gone: what was under way is done, or is not.
    func close() {
        for attempt in tries where attempt.fate.mayBeDone && Bool.random(using: &random) {
            history.record(.performed(attempt.effect, by: worker))
        }
        tries = []
    }

    private func drawnFate() -> Fate {
        let luck = broker.mischief.luck(of: worker.rawValue)
        if luck.strikes(.effectFailure) { return .failed }
        if luck.strikes(.effectUnheard) { return .unheard }
        if luck.strikes(.effectHang) { return .hung }
        return luck.strikes(.effectImpossible) ? .impossible : .done
    }

    private func wait(for fate: Fate, _ timeout: Duration) -> Duration {
        switch fate {
        case .hung: timeout
        case .blocked: .zero
        case .done, .failed, .unheard, .impossible:
            random.duration(Rehearsal.Limits.effectMilliseconds)
        }
    }

    // MARK: How a try ends

    /// What the worker is told; `nil` where it dies of it.
    private func end(_ attempt: Try) -> EffectOutcome? {
        switch attempt.fate {
        case .done:
            guard perform(attempt) else { return nil }
            let answer = answer(attempt.effect)
            history.record(.told(attempt.effect, worker))
            return .done(answer)
        case .unheard:
            guard perform(attempt) else { return nil }
            history.saw(.effectUnheard)
            return .failed("the connection broke before it was confirmed")
        case .hung:
            if Bool.random(using: &random) { guard perform(attempt) else { return nil } }
            history.saw(.effectHung)
            return .failed("no answer within \(attempt.timeout)")
        case .failed:
            history.saw(.effectFailed)
            return .failed("nobody answers")
        case .impossible:
            history.saw(.effectImpossible)
            return .impossible("there is no such address")
        case .blocked: return .blocked("no login is configured")
        }
    }

    /// Does it; whether the worker outlives that.
    private func perform(_ attempt: Try) -> Bool {
        guard crash.survives(.beforeEffect) else { return false }
        history.record(.performed(attempt.effect, by: worker))
        return crash.survives(.afterEffect)
    }
}
