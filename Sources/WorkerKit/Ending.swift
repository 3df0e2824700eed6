public import Vocabulary

/// How a case ends across workers: its home says *closing*, each other participant takes back what is open with it
/// and says *quiet*, then the home says *ended*.
///
/// The engine says and hears these; no reaction does.
public enum Ending {
    /// The home says that the case ends; `data` says how.
    public static func closing(by home: WorkerName) -> MessageType { type("case-closing", of: home) }
    /// A participant says that nothing of the case is open with it any more.
    public static func quiet(by participant: WorkerName) -> MessageType {
        type("case-quiet", of: participant)
    }
    /// The home says that the case has ended; `data` says how.
    public static func ended(by home: WorkerName) -> MessageType { type("case-ended", of: home) }

    /// A worker asks the home for passage: leave to ask for what cannot be undone.
    public static func passageWanted(by owner: WorkerName) -> MessageType {
        type("passage-wanted", of: owner)
    }
    /// The home gives passage; from now on it withdraws the case only with that worker's word.
    public static func passageGiven(by home: WorkerName) -> MessageType { type("passage-given", of: home) }
    /// The home wants to withdraw a case in which it gave passage.
    public static func withdrawalWanted(by home: WorkerName) -> MessageType {
        type("withdrawal-wanted", of: home)
    }
    /// The worker that has passage says whether it is too late; if not, it has taken back what was open.
    public static func withdrawalDecided(by owner: WorkerName) -> MessageType {
        type("withdrawal-decided", of: owner)
    }

    /// What closing and ended carry.
    public struct How: Codable, Equatable, Sendable {
        /// How the case ends.
        public let end: CaseEnd
        /// Why, as whoever withdrew it said; absent where nobody did.
        public let why: String?

        /// Says how.
        public init(end: CaseEnd, why: String? = nil) {
            self.end = end
            self.why = why
        }
    }

    /// What a decided withdrawal carries.
    public struct Decision: Codable, Equatable, Sendable {
        /// The step that made it too late; `nil` where it is not.
        public let tooLate: String?

        /// Decides.
        public init(tooLate: String?) { self.tooLate = tooLate }
    }

    /// What the others carry: nothing beyond the case.
    public struct Quiet: Codable, Equatable, Sendable {
        /// Says so.
        public init() {}
    }

    private static func type(_ name: String, of owner: WorkerName) -> MessageType {
        MessageType(declared: name, of: owner, version: 1)
    }

    /// What a worker says and hears of the ends of the cases it takes part in.
    struct Said {
        let hears: [MessageType]
        let publishes: [(type: MessageType, isFinal: Bool)]

        init<W: Worker>(by worker: W.Type) {
            let outlines = W.parts.compactMap(\.outline)
            let own = outlines.filter { $0.home == W.name }
            let others = outlines.filter { $0.participants.contains(W.name) }
            let awaited = own.flatMap(\.participants)
            // Between the home and the worker that owns what cannot be undone, where those are two.
            let wardens = own.compactMap(\.irreversibleOwner).filter { $0 != W.name }
            let homes = others.filter { $0.irreversibleOwner == W.name }.map(\.home)
            hears =
                others.map { Ending.closing(by: $0.home) } + awaited.map(Ending.quiet)
                + wardens.flatMap { [Ending.passageWanted(by: $0), Ending.withdrawalDecided(by: $0)] }
                + homes.flatMap { [Ending.passageGiven(by: $0), Ending.withdrawalWanted(by: $0)] }
            publishes =
                (own.isEmpty ? [] : [(Ending.ended(by: W.name), true)])
                + (awaited.isEmpty ? [] : [(Ending.closing(by: W.name), false)])
                + (others.isEmpty ? [] : [(Ending.quiet(by: W.name), false)])
                + (wardens.isEmpty
                    ? []
                    : [
                        (Ending.passageGiven(by: W.name), false),
                        (Ending.withdrawalWanted(by: W.name), false),
                    ])
                + (homes.isEmpty
                    ? []
                    : [
                        (Ending.passageWanted(by: W.name), false),
                        (Ending.withdrawalDecided(by: W.name), false),
                    ])
        }
    }
}
