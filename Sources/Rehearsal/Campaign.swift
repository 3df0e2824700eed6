import Synchronization

/// Many histories of one scenario, side by side, each of a seed of its own.
public struct Campaign: Sendable {
    private let scenario: @Sendable () throws -> Scenario
    private let seeds: Range<UInt64>
    private let faults: Faults
    private let kept: Set<Strike>?

    /// Plans histories.
    ///
    /// - Parameters:
    ///   - seeds: what they are drawn from, one each.
    ///   - faults: what goes wrong in them.
    ///   - kept: all that may go wrong in them; `nil` for everything.
    ///   - scenario: what is rehearsed, made anew for each thread.
    public init(
        seeds: Range<UInt64>, faults: Faults = .rough, keeping kept: Set<Strike>? = nil,
        of scenario: @escaping @Sendable () throws -> Scenario
    ) {
        self.scenario = scenario
        self.seeds = seeds
        self.faults = faults
        self.kept = kept
    }

    /// What came of the histories played so far.
    public struct Outcome: Sendable {
        /// How many were played to their end.
        public fileprivate(set) var histories = 0
        /// How many messages the broker took in them.
        public fileprivate(set) var messages = 0
        /// What was seen in them.
        public fileprivate(set) var coverage = Coverage()
        /// The violation of the lowest seed; `nil` where every rule was kept.
        public fileprivate(set) var violation: Violation?
    }

    /// Plays them, up to the first that breaks a rule; of several, that of the lowest seed is told.
    ///
    /// - Parameters:
    ///   - threads: how many are played at once.
    ///   - progress: told after each history.
    /// - Throws: where the scenario cannot be made.
    public func run(
        threads: Int, progress: @escaping @Sendable (Outcome) -> Void = { _ in }
    ) async throws -> Outcome {
        let board = Board(seeds)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<threads {
                group.addTask { [self] in
                    let scenario = try scenario()
                    while let seed = board.take() { progress(board.add(play(seed, of: scenario))) }
                }
            }
            try await group.waitForAll()
        }
        return board.outcome
    }

    private func play(_ seed: UInt64, of scenario: Scenario) -> Outcome {
        let rehearsal = Rehearsal(scenario, seed: seed, faults: faults, keeping: kept)
        var outcome = Outcome()
        do throws(Violation) { try rehearsal.run() } catch { outcome.violation = error }
        outcome.histories = 1
        outcome.messages = rehearsal.history.publications.count
        outcome.coverage = rehearsal.history.coverage
        return outcome
    }
}

/// What the threads of a campaign share.
private final class Board: Sendable {
    private let seeds: Mutex<Range<UInt64>>
    private let soFar = Mutex(Campaign.Outcome())

    init(_ seeds: Range<UInt64>) { self.seeds = Mutex(seeds) }

    var outcome: Campaign.Outcome { soFar.withLock { $0 } }

    func take() -> UInt64? { seeds.withLock { $0.popFirst() } }

    func add(_ played: Campaign.Outcome) -> Campaign.Outcome {
        // Whoever finds a violation ends it for all; lower seeds were handed out before.
        if played.violation != nil { seeds.withLock { $0.removeAll() } }
        return soFar.withLock { outcome in
            outcome.add(played)
            return outcome
        }
    }
}

extension Range<UInt64> {
    fileprivate mutating func popFirst() -> UInt64? {
        guard !isEmpty else { return nil }
        defer { self = (lowerBound + 1)..<upperBound }
        return lowerBound
    }

    fileprivate mutating func removeAll() { self = upperBound..<upperBound }
}

extension Campaign.Outcome {
    fileprivate mutating func add(_ other: Self) {
        histories += other.histories
        messages += other.messages
        coverage.add(other.coverage)
        guard let found = other.violation else { return }
        if violation.map({ found.seed < $0.seed }) ?? true { violation = found }
    }
}
