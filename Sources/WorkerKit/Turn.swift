public import StrictJSON
public import Vocabulary

/// What one message makes of one case: the new memory, and everything the worker wants to happen because of
/// it.
///
/// A reaction fills it; the engine commits all of it or none.
public struct Turn<W: Worker> {
    /// The case that the message belongs to.
    public let caseID: CaseID
    /// The moment of the turn.
    public let now: Timestamp
    /// Teams, calendars and products as they stand now.
    public let directory: Directory
    /// What the worker remembers of the case; what it is at the end of the reaction is kept.
    public var memory: W.Memory

    /// What was asked for so far, in order.
    public private(set) var wants: [Want] = []
    /// Why the message cannot be acted on yet; what the reaction did besides is dropped.
    public private(set) var notYetBecause: String?

    /// Begins a turn.
    public init(caseID: CaseID, now: Timestamp, directory: Directory, memory: W.Memory) {
        self.caseID = caseID
        self.now = now
        self.directory = directory
        self.memory = memory
    }

    /// Publishes what has become true. Only the event's owner can: another worker's event does not compile.
    public mutating func publish<E: Event>(_ event: E) where E.Owner == W.Messages {
        wants.append(.publish(type: E.type, data: Self.encoded(event)))
    }

    /// Asks a team.
    ///
    /// - Parameters:
    ///   - question: what is asked.
    ///   - key: tells several open handoffs of one type in one case apart (an account, a company). A handoff replaces
    ///     the one of its type and key that is still open.
    ///   - gate: holds the handoff until the gate is open; asked at once where it is open already.
    public mutating func handOff<H: Handoff>(_ question: H, key: String = "", once gate: W.Gate? = nil)
    where H.Owner == W.Messages {
        let declaration = HandoffDeclaration(H.self)
        wants.append(.handOff(declaration, key: key, question: Self.encoded(question), gate: gate?.rawValue))
    }

    /// Takes back a handoff of this worker, open or held; nothing happens where there is none.
    ///
    /// - Parameters:
    ///   - handoff: the type of the question.
    ///   - key: which of its type.
    ///   - why: what a team that was asked is told.
    public mutating func revoke<H: Handoff>(
        _ handoff: H.Type, key: String = "", because why: String = "it is not needed any more"
    ) where H.Owner == W.Messages {
        wants.append(.revoke(H.type, key: key, because: why))
    }

    /// Tells a team something that it need not answer; it reaches the team as handoffs do, by queue, mail or both.
    ///
    /// - Parameters:
    ///   - team: must stand in the messages' ``MessageSet/tells``.
    ///   - title: what there is to know, in a line.
    ///   - lines: more about it, a line each.
    public mutating func tell(_ team: Team, _ title: String, _ lines: [String] = []) {
        wants.append(.tell(team, Saying(title: title, lines: lines)))
    }

    /// Wakes the worker at a moment; a later call for the same type and key moves it.
    public mutating func wake<T: Timer>(at moment: Timestamp, _ timer: T, key: String = "")
    where T.Owner == W.Messages {
        wants.append(.wake(T.type, key: key, at: moment, data: Self.encoded(timer)))
    }

    /// Takes back a wake-up; nothing happens where there is none.
    public mutating func cancelTimer<T: Timer>(_ timer: T.Type, key: String = "")
    where T.Owner == W.Messages {
        wants.append(.cancelTimer(T.type, key: key))
    }

    /// Has something done outside, after the commit; its outcome comes back as a message of its own.
    public mutating func run<E: Effect>(_ effect: E) where E.Owner == W.Messages {
        wants.append(.run(EffectDeclaration(E.self), data: Self.encoded(effect)))
    }

    /// Ends the case, which only its home can: every worker that takes part takes back what is open with it, and
    /// says so; then the case has ended.
    public mutating func end(_ end: CaseEnd) { wants.append(.end(end)) }

    /// Says that the message is too early: it is kept, and tried again whenever the case moves.
    ///
    /// Only an event of a worker can be early; a person's command or answer that fits nothing is refused
    /// instead.
    public mutating func notYet(_ why: String) { notYetBecause = why }

    /// A message of ours always encodes; if it does not, its type is wrong and no turn can be right.
    static func encoded(_ message: some Message) -> JSON {
        do { return try JSON(encoding: message) } catch {
            preconditionFailure("\(type(of: message).type) does not encode: \(error)")
        }
    }
}

/// One thing that a turn asked for.
public enum Want: Sendable {
    /// An event goes out.
    case publish(type: MessageType, data: JSON)
    /// A team is asked, or will be once the gate is open.
    case handOff(HandoffDeclaration, key: String, question: JSON, gate: String?)
    /// A handoff is taken back.
    case revoke(MessageType, key: String, because: String)
    /// A team is told something.
    case tell(Team, Saying)
    /// A timer is set or moved.
    case wake(MessageType, key: String, at: Timestamp, data: JSON)
    /// A timer is taken back.
    case cancelTimer(MessageType, key: String)
    /// An effect is started after the commit.
    case run(EffectDeclaration, data: JSON)
    /// The case ends.
    case end(CaseEnd)
}
