public import Engine
import StrictJSON
public import Vocabulary
import Wire
import WorkerKit

/// Everything that happened in one rehearsal, in order, and what each worker has committed because of it.
public final class History {
    /// What happened, and at which time of day.
    public private(set) var happenings: [(at: Timestamp, what: Happening)] = []
    /// The messages that the broker took, in order.
    public private(set) var publications: [Publication] = []
    /// A digest of all publications, their times and their order.
    public private(set) var digest = RunningDigest()
    /// What was done outside, in order; the same again under the same id.
    public private(set) var deeds: [(effect: EffectRow, worker: WorkerName)] = []
    /// How often each effect was attempted, by its id.
    public private(set) var attempts: [String: Int] = [:]
    /// What was seen besides.
    public private(set) var coverage = Coverage()

    private let clock: any Clock
    private let auditor: Auditor
    private var committed: [WorkerName: Committed] = [:]
    private var published: [Parcel: Publication] = [:]
    private var byType: [MessageType: [CaseID?: [Publication]]] = [:]
    private var statements: [String: Publication] = [:]
    private var turns: [WorkerName: [String: [Int64]]] = [:]
    private var recorded: [WorkerName: [InboxKey: Set<TurnRecord.Outcome>]] = [:]
    private var done: Set<String> = []
    private var sentBack: Set<String> = []
    private var told: [WorkerName: Set<String>] = [:]
    /// The cases that their home has said are withdrawn.
    private(set) var withdrawn: Set<CaseID> = []
    private var directories: [WorkerName: Directory] = [:]
    private var waiting: [WorkerName: [Publication]] = [:]

    /// An empty history.
    ///
    /// - Parameters:
    ///   - clock: tells when what happens.
    ///   - auditor: judges everything as it happens.
    public init(clock: any Clock, auditor: Auditor = Auditor(rules: [])) {
        self.clock = clock
        self.auditor = auditor
    }

    /// What a worker has committed so far.
    public func committed(by worker: WorkerName) -> Committed { committed[worker] ?? Committed() }

    /// The workers that have committed anything, by name.
    public var workers: [WorkerName] { committed.keys.sorted() }

    /// Every handoff of every worker, as it stands.
    public var handoffs: [HandoffRow] { workers.flatMap { committed(by: $0).handoffs } }

    /// A message that the broker took, once or more often; `nil` where it did not.
    public func publication(of parcel: Parcel) -> Publication? { published[parcel] }

    /// The messages of a type that name a case, in order; `nil` for those that name none.
    public func publications(of type: MessageType, in caseID: CaseID?) -> [Publication] {
        byType[type]?[caseID] ?? []
    }

    /// The first thing that a worker said under an id.
    func statement(under id: MessageID, by publisher: Publication.Publisher) -> Publication? {
        statements["\(publisher) \(id)"]
    }

    /// The numbers under which a worker's turns of a case are on record, in the order they were published.
    public func recordedTurns(of caseID: CaseID, by worker: WorkerName) -> [Int64] {
        turns[worker]?[caseID.description] ?? []
    }

    /// What became of a message of somebody's, as a worker's records say; nothing where it is not on record.
    func recordedOutcomes(of key: InboxKey, by worker: WorkerName) -> Set<TurnRecord.Outcome> {
        recorded[worker]?[key] ?? []
    }

    /// How long it has lasted, by the clock that nobody sets.
    public var lasted: Duration { clock.now.monotonic }

    /// The time of day.
    public var now: Timestamp { clock.now.wall }

    /// The calendar of a team, as the present run of a worker knows it.
    public func calendar(of team: Team, for worker: WorkerName) -> BusinessCalendar {
        directories[worker]?.calendar(of: team) ?? .fallback
    }

    /// The team of whoever said something, as the present run of a worker knows it; `nil` where nobody is of one.
    func team(of sender: Sender, for worker: WorkerName) -> Team? {
        guard let directory = directories[worker] else { return nil }
        let team: Team? =
            switch sender {
            case .team(let team): team
            case .user(let user): directory.user(user)?.team
            case .worker, .timer, .effect: nil
            }
        return team.flatMap(directory.team)?.name
    }

    /// What lay in a worker's queue when it consumed again, and it has not decided yet.
    func stillWaiting(for worker: WorkerName) -> [Publication] {
        (waiting[worker] ?? []).filter { !committed(by: worker).hasDecided($0) }
    }

    /// What happened, a line each.
    public var story: [String] { happenings.map { "\($0.at)  \($0.what)" } }

    /// Whether a worker took a message, and it had its effect; a letter that is sent back is a message of its own.
    public func isApplied(_ publication: Publication, by worker: WorkerName) -> Bool {
        guard let key = publication.inboxKey, let row = committed(by: worker).inbox[key] else { return false }
        return row.verdict == .applied && row.digest == publication.envelope?.contentDigest
    }

    /// Whether something was sent back to be taken, and not only to be tried out: under ``Publication/sentBack``.
    func wasSentBack(_ what: String) -> Bool { sentBack.contains(what) }

    /// Whether the present run of a worker was told that an effect is done.
    public func wasTold(_ worker: WorkerName, of effect: String) -> Bool {
        told[worker]?.contains(effect) ?? false
    }

    /// Whether an effect was done, once or more often.
    public func isDone(_ effect: String) -> Bool { done.contains(effect) }

    /// Notes what happened; judged against the history before it, and with it.
    func record(_ happening: Happening) {
        auditor.judge(happening, before: self)
        happenings.append((clock.now.wall, happening))
        switch happening {
        case .published(let publication): note(publication)
        case .committed(let changes, let worker): note(changes, of: worker)
        case .attempted(let effect, _): attempts[effect.id, default: 0] += 1
        case .performed(let effect, let worker):
            if !done.insert(effect.id).inserted { saw(.effectRepeated) }
            deeds.append((effect, worker))
        case .told(let effect, let worker): told[worker, default: []].insert(effect.id)
        case .began(let worker, let directory): directories[worker] = directory
        case .consuming(let worker, let parcels): waiting[worker] = parcels.compactMap { published[$0] }
        case .left(let worker): (told[worker], waiting[worker]) = (nil, nil)
        case .acknowledged, .mishap: break
        }
        auditor.judge(happening, after: self)
    }

    func saw(_ sight: Sight) { coverage.note(sight) }

    private func note(_ publication: Publication) {
        publications.append(publication)
        if cross(publication) { saw(.crossing) }
        digest.add("\(clock.now.wall.milliseconds) \(publication)\n")
        digest.add(Fingerprint.of(publication.parcel.body))
        let isNew = published.updateValue(publication, forKey: publication.parcel) == nil
        if let what = publication.sentBack { sentBack.insert(what) }
        guard let envelope = publication.envelope else { return }
        byType[envelope.type, default: [:]][envelope.subject, default: []].append(publication)
        if publication.statement != nil, isNew {
            let key = "\(publication.publisher) \(envelope.id)"
            statements[key] = statements[key] ?? publication
        }
        guard isNew, publication.parcel.exchange == Exchange.records.rawValue,
            case .worker(let worker) = publication.publisher
        else { return }
        if envelope.type == TurnTrial.type(of: worker) { return saw(.trial) }
        guard envelope.type == TurnRecords.type(of: worker) else { return }
        for turn in envelope.data["turns"]?.arrayValue ?? [] { note(turn, recordedBy: worker) }
    }

    /// Notes a turn on record: its number, and what became of what somebody said.
    private func note(_ turn: JSON, recordedBy worker: WorkerName) {
        if let caseID = turn["case"]?.stringValue, let number = turn["number"]?.integerValue {
            turns[worker, default: [:]][caseID, default: []].append(number)
        }
        guard let heard = turn["heard"], let id = heard["id"]?.stringValue,
            let said = heard["sender"]?.stringValue, !said.hasPrefix("worker:"),
            let sender = Sender(rawValue: said), sender.isPerson,
            let outcome = turn["outcome"]?.stringValue.flatMap({ TurnRecord.Outcome(rawValue: $0) })
        else { return }
        let key = InboxKey(
            sender: sender, id: id, redrive: heard["redrive"]?.integerValue.map { Int($0) } ?? 0)
        recorded[worker, default: [:]][key, default: []].insert(outcome)
    }

    private func note(_ changes: [Change], of worker: WorkerName) {
        for sight in committed(by: worker).sights(in: changes) { saw(sight) }
        for case .caseRow(let row) in changes where row.stage == .ended(.withdrawn) {
            withdrawn.insert(row.id)
        }
        committed[worker, default: Committed()].apply(changes)
    }
}

extension History {
    /// The messages that name a handoff, of a type that its worker is sent.
    func messages(of type: MessageType, about handoff: HandoffRow) -> [Publication] {
        [nil, handoff.slot.caseID].flatMap { publications(of: type, in: $0) }.filter {
            $0.envelope?.correlationID == handoff.id.rawValue
        }
    }

    /// Whether a withdrawal and an answer of one case are under way at once, of which this is one.
    private func cross(_ publication: Publication) -> Bool {
        guard publication.parcel.exchange == Exchange.commands.rawValue, let envelope = publication.envelope
        else { return false }
        switch Origin(exchange: publication.parcel.exchange, routingKey: publication.parcel.routingKey) {
        case .withdraw:
            guard let caseID = envelope.subject else { return false }
            return workers.contains { worker in
                committed(by: worker).handoffs(of: caseID).contains { handoff in
                    handoff.state == .open
                        && publications(of: handoff.slot.type.answerType, in: nil).contains {
                            $0.envelope?.correlationID == handoff.id.rawValue
                                && !committed(by: worker).hasDecided($0)
                        }
                }
            }
        case .answer(_, let worker):
            let handoff = envelope.correlationID.flatMap { HandoffID(rawValue: $0) }
                .flatMap { committed(by: worker).handoff($0) }
            guard let handoff, handoff.state == .open else { return false }
            return workers.contains { home in
                publications(of: Withdraw.type(of: home), in: handoff.slot.caseID).contains {
                    !committed(by: home).hasDecided($0)
                }
            }
        default: return false
        }
    }
}

extension MessageType {
    /// The type of the messages that answer a question of this one.
    public var answerType: MessageType {
        MessageType(rawValue: "\(owner).\(name)-answer.v\(version)") ?? self
    }
}
