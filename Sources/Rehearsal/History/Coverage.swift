public import Engine

/// Something that a rehearsal must have met now and then, or it rehearses less than it says.
public enum Sight: Hashable, Sendable {
    /// A run of a worker died at this point.
    case crash(CrashPoint)
    /// A delivery ended so; with the kind of trouble, where there was one.
    case outcome(String, Trouble.Kind?)
    case duplicate, reordering, redelivery, lostConfirm, negativeConfirm, connectionLoss, publishingHeld
    case gateHeld, gateOpened, redrive, trial, edited, moved, earlyRedriven
    case storeGone, storeBack, storeFull, storeBusy, brokerGone, doubtfulCommit
    case cautiousStart, orderlyEnd, outboxFull, takingAgain, clockJump
    case effectFailed, effectUnheard, effectHung, effectImpossible, effectBlocked, effectRepeated,
        effectOvertaken
    case reminded, escalated, stuck, askedAgain, accepted, declined, amended, revoked, lateAnswer
    case withdrawn, crossing, calendarFollowed
}

extension Sight: CustomStringConvertible {
    /// In a few words.
    public var description: String {
        switch self {
        case .crash(let point): "crash \(point)"
        case .outcome(let outcome, let kind): kind.map { "\(outcome): \($0.rawValue)" } ?? outcome
        case .duplicate: "doubled in a queue"
        case .reordering: "reordering"
        case .redelivery: "redelivery"
        case .lostConfirm: "lost confirm"
        case .negativeConfirm: "negative confirm"
        case .connectionLoss: "connection lost"
        case .publishingHeld: "publishing held"
        case .gateHeld: "gate held a step"
        case .gateOpened: "gate opened"
        case .redrive: "letter redriven"
        case .trial: "trial made"
        case .edited: "letter edited"
        case .moved: "letter moved by an administrator"
        case .earlyRedriven: "early event redriven"
        case .storeGone: "store gone"
        case .storeBack: "store back"
        case .storeFull: "store full"
        case .storeBusy: "store busy"
        case .brokerGone: "broker gone"
        case .doubtfulCommit: "commit in doubt"
        case .cautiousStart: "cautious start"
        case .orderlyEnd: "orderly end"
        case .outboxFull: "outbox full"
        case .takingAgain: "taking again"
        case .clockJump: "clock set"
        case .effectFailed: "effect failed"
        case .effectUnheard: "effect done unheard"
        case .effectHung: "effect timed out"
        case .effectImpossible: "effect impossible"
        case .effectBlocked: "effect blocked"
        case .effectRepeated: "effect done again"
        case .effectOvertaken: "effect overtaken"
        case .reminded: "team reminded"
        case .escalated: "handoff escalated"
        case .stuck: "handoff stuck"
        case .askedAgain: "stuck handoff asked again"
        case .accepted: "handoff accepted"
        case .declined: "handoff declined"
        case .amended: "answer amended"
        case .revoked: "open handoff taken back"
        case .lateAnswer: "answer after the end escalated"
        case .withdrawn: "case withdrawn"
        case .crossing: "withdrawal and answer crossing"
        case .calendarFollowed: "edited calendar followed"
        }
    }
}

/// How often each sight was seen, over any number of histories.
public struct Coverage: Sendable {
    private var counts: [Sight: Int] = [:]

    /// Nothing was seen yet.
    public init() {}

    /// How often a sight was seen.
    public subscript(sight: Sight) -> Int { counts[sight] ?? 0 }

    /// Those of some sights that were never seen.
    public func missing(of sights: [Sight]) -> [Sight] { sights.filter { self[$0] == 0 } }

    mutating func note(_ sight: Sight) { counts[sight, default: 0] += 1 }

    /// Adds what was seen in another history.
    public mutating func add(_ other: Coverage) { counts.merge(other.counts, uniquingKeysWith: +) }
}

extension Coverage: CustomStringConvertible {
    /// A line for each sight.
    public var description: String {
        counts.map { "\($0.key): \($0.value)" }.sorted().joined(separator: "\n")
    }
}
