public import Engine
import Foundation
import Synchronization

/// A world that runs each try of an effect on a plain thread, where it may block.
///
/// Threads are made when there is something to do and end when there is not.
public final class EffectThreads: World, Sendable {
    private struct Waiting {
        let effect: EffectRow
        let deadline: ContinuousClock.Instant
    }

    private struct State {
        var waiting: [Waiting] = []
        var threads = 0
        var ended: [(id: String, outcome: EffectOutcome)] = []
    }

    private let state = Mutex(State())
    private let limit: Int
    private let onOutcome: @Sendable () -> Void
    private let run: @Sendable (EffectRow, Duration) -> EffectOutcome

    /// Makes a world of one kind of effect.
    ///
    /// - Parameters:
    ///   - threads: tries at one time, at most; the others wait.
    ///   - onOutcome: called after each outcome, on its thread, to wake whoever asks for ``outcomes()``.
    ///   - run: one try, and how long it may take; blocks until it ended.
    public init(
        atMost threads: Int = 4, onOutcome: @escaping @Sendable () -> Void,
        run: @escaping @Sendable (EffectRow, Duration) -> EffectOutcome
    ) {
        limit = threads
        self.onOutcome = onOutcome
        self.run = run
    }

    /// Starts one try; never blocks.
    public func start(_ effect: EffectRow, timeout: Duration) {
        let isThreadWanted = state.withLock { state in
            state.waiting.append(Waiting(effect: effect, deadline: .now + timeout))
            guard state.threads < limit else { return false }
            state.threads += 1
            return true
        }
        if isThreadWanted { Thread { self.work() }.start() }
    }

    /// What ended since the last call.
    public func outcomes() -> [(id: String, outcome: EffectOutcome)] {
        state.withLock { state in
            defer { state.ended = [] }
            return state.ended
        }
    }

    /// Does what waits, until nothing does.
    private func work() {
        while let next = next() {
            let left = next.deadline - .now
            let outcome =
                left > .zero
                ? run(next.effect, left) : .failed("it waited behind others for all the time it had")
            state.withLock { $0.ended.append((next.effect.id, outcome)) }
            onOutcome()
        }
    }

    private func next() -> Waiting? {
        state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.threads -= 1
            return nil
        }
    }
}
