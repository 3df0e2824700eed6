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

    /// What closing and ended carry.
    public struct How: Codable, Equatable, Sendable {
        /// How the case ends.
        public let end: CaseEnd

        /// Says how.
        public init(end: CaseEnd) { self.end = end }
    }

    /// What quiet carries: nothing beyond the case.
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
            hears = others.map { Ending.closing(by: $0.home) } + awaited.map(Ending.quiet)
            publishes =
                (own.isEmpty ? [] : [(Ending.ended(by: W.name), true)])
                + (awaited.isEmpty ? [] : [(Ending.closing(by: W.name), false)])
                + (others.isEmpty ? [] : [(Ending.quiet(by: W.name), false)])
        }
    }
}
