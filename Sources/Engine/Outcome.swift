/// What becomes of a delivery; one of these, always.
public enum Outcome: Equatable, Sendable {
    /// Its effect is committed: memory, handoffs, events and all.
    case applied
    /// It was taken before; nothing happened, and its first verdict stands.
    case duplicate
    /// A worker's event whose time has not come: kept in the store and tried again whenever its case moves.
    case early(String)
    /// A person's command or answer that changes nothing; its publisher is told why.
    case refused(Trouble)
    /// Nobody can act on it as it is; it leaves for the dead letters, with reason and return address.
    case dead(Trouble)
}

/// What is wrong with a message: a kind that programs can rely on and a sentence for people.
public struct Trouble: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of trouble.
    public enum Kind: String, CaseIterable, Sendable {
        /// The body is not a CloudEvent.
        case unreadable
        /// The body is longer than ``Limits/messageBytes``.
        case tooLarge = "too-large"
        /// The exchange and key are not ones this worker takes from.
        case misrouted
        /// AMQP properties or the routing key contradict the body.
        case contradiction
        /// The worker knows no such message.
        case unknownType = "unknown-type"
        /// The worker knows the message, but not this version of it.
        case unknownVersion = "unknown-version"
        /// A field is missing, unknown or of the wrong type.
        case malformed
        /// A well-formed message breaks a rule of its process.
        case rule
        /// The case exists already.
        case caseInUse = "case-in-use"
        /// The same sender used the id for another message.
        case idReused = "id-reused"
        /// There is no such handoff.
        case unknownHandoff = "unknown-handoff"
        /// The handoff was asked of another team.
        case otherTeam = "other-team"
        /// The handoff has an answer already.
        case answered
        /// The handoff was taken back.
        case revoked
        /// The answer was used already, and cannot be amended.
        case used
        /// There is no such case.
        case unknownCase = "unknown-case"
        /// The case has ended.
        case caseEnded = "case-ended"
        /// The case cannot be withdrawn any more.
        case tooLate = "too-late"
        /// A team has not answered, though it was reminded and its escalation contact told; a notice, the handoff
        /// stays open.
        case stuck
        /// The reaction itself failed: a fault of the worker, not of the message.
        case reactionFailed = "reaction-failed"
        /// The store does not take what the turn wants to write.
        case unstorable
        /// The message took the worker down as often as it may.
        case crashLoop = "crash-loop"
        /// The worker keeps as many early events as it may.
        case tooManyEarly = "too-many-early"
        /// An event waits for its predecessor longer than it should; a notice, the event is kept.
        case overdueEarly = "overdue-early"
        /// The broker refuses to take the message.
        case unpublishable
        /// An effect failed as often as it may, or for good.
        case effect
    }

    /// What kind it is.
    public let kind: Kind
    /// What is wrong, in one sentence.
    public let description: String

    /// Says what is wrong; a sentence is cut at a thousand characters.
    public init(_ kind: Kind, _ sentence: String) {
        self.kind = kind
        description = sentence.count <= 1000 ? sentence : "\(sentence.prefix(1000))…"
    }
}
