import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// Makes turns: takes one message at a time and writes into the workspace what becomes of it.
///
/// Nothing here does I/O but reading rows; a turn whose reaction fails leaves only its verdict and its dead
/// letter.
struct Turns<W: Worker> {
    let limits: Limits
    let directory: Directory
    let letters: Letters
    private let routes: [ProcessName: [MessageType: Reaction<W>]]
    private let handoffs: [MessageType: HandoffDeclaration]
    private let published: Set<MessageType>

    init(_ worker: W.Type, directory: Directory, limits: Limits) {
        self.limits = limits
        self.directory = directory
        letters = Letters(worker: W.name, directory: directory, limits: limits)
        var routes: [ProcessName: [MessageType: Reaction<W>]] = [:]
        for part in W.parts {
            for reaction in part.reactions {
                let other = routes[part.process, default: [:]].updateValue(
                    reaction, forKey: reaction.trigger.type)
                precondition(
                    other == nil, "\(W.name) reacts twice to \(reaction.trigger.type) in \(part.process)")
            }
        }
        self.routes = routes
        let declarations = W.Messages.handoffs.map { HandoffDeclaration($0) }
        handoffs = Dictionary(declarations.map { ($0.type, $0) }) { first, _ in
            preconditionFailure("\(W.name) declares the handoff \(first.type) twice")
        }
        published = Set(W.Messages.events.map { $0.type })
    }

    // MARK: Taking

    /// Takes a message: recognises a repetition, decides, and notes the verdict.
    func take(_ message: Incoming, in workspace: inout Workspace, at now: Timestamp) throws(StoreError)
        -> Outcome
    {
        if let row = try workspace.inboxRow(message.key) {
            guard row.digest != message.digest else { return .duplicate }
            let trouble = Trouble(
                .idReused,
                "\(message.key.sender) sent another message under the id \"\(message.key.id)\" before; "
                    + "give every message an id of its own")
            return settle(message, as: wrong(message, trouble), in: &workspace, at: now)
        }
        let outcome = try decide(message, in: &workspace, at: now)
        workspace.put(
            InboxRow(
                key: message.key, caseID: message.caseID, digest: message.digest, verdict: outcome.verdict,
                at: now))
        return settle(message, as: outcome, in: &workspace, at: now)
    }

    /// Notes that a message cannot be taken, whatever it says.
    func bury(
        _ message: Incoming, because trouble: Trouble, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        guard try workspace.inboxRow(message.key) == nil else { return .duplicate }
        workspace.put(
            InboxRow(key: message.key, caseID: nil, digest: message.digest, verdict: .dead, at: now))
        return settle(message, as: .dead(trouble), in: &workspace, at: now)
    }

    /// Sends what a verdict makes necessary: a refusal to the publisher's team, or a dead letter.
    private func settle(
        _ message: Incoming, as outcome: Outcome, in workspace: inout Workspace, at now: Timestamp
    ) -> Outcome {
        switch outcome {
        case .applied, .duplicate, .early: break
        case .refused(let trouble):
            var identity = Identity(worker: W.name, key: message.key)
            let refusal = letters.refusal(trouble, of: message, id: identity.next(), at: now)
            if let refusal { workspace.send(refusal) }
        case .dead(let trouble):
            workspace.send(
                letters.dead(
                    trouble, address: message.address, id: message.key.id, caseID: message.caseID,
                    body: message.body, at: now))
        }
        return outcome
    }

    /// People are told; a worker's bad message is a fault that an operator must see.
    private func wrong(_ message: Incoming, _ trouble: Trouble) -> Outcome {
        if case .event = message.address.origin { return .dead(trouble) }
        return .refused(trouble)
    }

    private func decide(
        _ message: Incoming, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        let envelope: Envelope
        switch message.content {
        case .success(let read): envelope = read
        case .failure(let trouble): return wrong(message, trouble)
        }
        let setting = Setting(key: message.key, now: now, traceParent: envelope.traceParent)
        let outcome: Outcome
        switch message.address.origin {
        case .start(let process, _):
            outcome = try start(process, by: envelope, setting, in: &workspace)
        case .answer(let team, let worker) where worker == W.name:
            outcome = try answer(envelope, from: team, setting, in: &workspace)
        case .event(let owner):
            outcome = try hear(envelope, from: owner, setting, in: &workspace)
        case .answer, .redriven, nil:
            outcome = .dead(
                Trouble(.misrouted, "key \"\(message.address.routingKey)\" is not one of \(W.name)'s"))
        }
        if case .refused(let trouble) = outcome { return wrong(message, trouble) }
        return outcome
    }

    // MARK: The three kinds of message

    private func start(
        _ process: ProcessName, by envelope: Envelope, _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        guard let reactions = routes[process] else {
            return .refused(Trouble(.misrouted, "\(W.name) starts no case of \(process)"))
        }
        let reaction: Reaction<W>
        switch find(envelope.type, among: reactions, where: \.isCommand) {
        case .success(let found): reaction = found
        case .failure(let trouble): return .refused(trouble)
        }
        let caseID =
            envelope.subject
            ?? CaseID(derived: "\(process)/\(Fingerprint.short("\(setting.key.sender)\n\(setting.key.id)"))")
        guard caseID.process == process else {
            return .refused(
                Trouble(
                    .contradiction,
                    "subject names the process \(caseID.process), but the message was sent to start \(process)"
                ))
        }
        guard try workspace.caseRow(caseID) == nil else {
            return .refused(Trouble(.caseInUse, "the case \(caseID) exists already; choose another id"))
        }
        var checks = Checks(now: setting.now, directory: directory)
        let occasion = Reaction<W>.Occasion(data: envelope.data)
        switch prepare(reaction, occasion, &checks) {
        case .failure(let trouble): return .refused(trouble)
        case .success(let prepared): return try run(prepared, for: caseID, setting, in: &workspace)
        }
    }

    private func answer(
        _ envelope: Envelope, from team: Team, _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        guard let correlation = envelope.correlationID else {
            return .refused(
                Trouble(
                    .malformed,
                    "correlationid is missing; an answer names its handoff there, as the question did"))
        }
        guard let id = HandoffID(rawValue: correlation), var row = try workspace.handoff(id),
            row.state != .held
        else {
            return .refused(
                Trouble(.unknownHandoff, "there is no handoff \"\(correlation.prefix(64))\" with \(W.name)"))
        }
        let slot = row.slot
        guard row.team == team else {
            return .refused(Trouble(.otherTeam, "the handoff \(id) was asked of another team than \(team)"))
        }
        if let subject = envelope.subject, subject != slot.caseID {
            return .refused(
                Trouble(
                    .contradiction, "subject is \(subject), but the handoff \(id) belongs to \(slot.caseID)"))
        }
        guard let handoff = handoffs[slot.type],
            let reaction = routes[slot.caseID.process]?[handoff.answerType]
        else {
            return .dead(
                Trouble(.unknownType, "\(W.name) asks \(slot.type) no more, and cannot take its answer"))
        }
        guard envelope.type == handoff.answerType else {
            return .refused(
                Trouble(
                    .unknownType,
                    "type is \(envelope.type), but the handoff \(id) is answered by \(handoff.answerType)"))
        }
        let digest = Fingerprint.of(envelope.data.serialized())
        guard !row.answers.contains(digest) else { return .duplicate }
        switch row.state {
        case .open, .held: break
        case .answered:
            return .refused(Trouble(.answered, "the handoff \(id) has another answer already, which stands"))
        case .revoked:
            return .refused(Trouble(.revoked, "the handoff \(id) was taken back; nothing is asked any more"))
        }
        let author: Author
        do {
            author = try StrictDecoder.decode(
                Author.self, from: envelope.data, path: ".data", unknownKeys: .ignored)
        } catch {
            return .refused(Trouble(.malformed, error.description))
        }
        var checks = Checks(now: setting.now, directory: directory, author: author)
        let occasion = Reaction<W>.Occasion(data: envelope.data, question: row.question, author: author)
        switch prepare(reaction, occasion, &checks) {
        case .failure(let trouble): return .refused(trouble)
        case .success(let prepared):
            row.answers.append(digest)
            if let rest = prepared.rest { row.question = rest } else { row.state = .answered }
            return try run(prepared, for: slot.caseID, setting, answered: row, in: &workspace)
        }
    }

    private func hear(
        _ envelope: Envelope, from owner: WorkerName, _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        guard envelope.type.owner == owner else {
            return .dead(
                Trouble(.contradiction, "type is \(envelope.type), but \(owner) published it"))
        }
        guard let caseID = envelope.subject else {
            return .dead(Trouble(.malformed, "subject is missing; an event names its case there"))
        }
        // A process in which this worker hears no such event: the binding is there for another.
        guard let reactions = routes[caseID.process],
            reactions.keys.contains(where: { $0.isSame(as: envelope.type) })
        else { return .applied }
        let reaction: Reaction<W>
        switch find(envelope.type, among: reactions, where: \.isEvent) {
        case .success(let found): reaction = found
        case .failure(let trouble): return .dead(trouble)
        }
        var checks = Checks(now: setting.now, directory: directory)
        let prepared: Reaction<W>.Prepared
        switch prepare(reaction, Reaction<W>.Occasion(data: envelope.data), &checks) {
        case .failure(let trouble): return .dead(trouble)
        case .success(let ready): prepared = ready
        }
        let outcome = try run(prepared, for: caseID, setting, in: &workspace)
        guard case .early(let why) = outcome else { return outcome }
        return try keep(envelope, of: caseID, because: why, setting, in: &workspace)
    }

    private func keep(
        _ envelope: Envelope, of caseID: CaseID, because why: String, _ setting: Setting,
        in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        guard try workspace.earlyCount() < limits.early else {
            return .dead(
                Trouble(
                    .tooManyEarly,
                    "\(W.name) keeps \(limits.early) early events already; this one waits for: \(why)"))
        }
        var row = try knownOrNew(caseID, in: &workspace, at: setting.now)
        row.early.append(setting.key)
        workspace.put(row)
        workspace.put(
            EarlyRow(
                key: setting.key, caseID: caseID, type: envelope.type, data: envelope.data, why: why,
                since: setting.now, noticeAt: setting.now + limits.earlyNotice))
        return .early(why)
    }

    // MARK: What a worker sends itself

    /// Fires a timer: it becomes a message of the worker to itself.
    func fire(_ timer: TimerRow, in workspace: inout Workspace, at now: Timestamp) throws(StoreError)
        -> Outcome
    {
        let slot = timer.slot
        let key = InboxKey(
            sender: .timer, id: "\(slot.caseID)/\(slot.type)/\(slot.key)", redrive: timer.armed)
        workspace.removeTimer(slot)
        guard try workspace.inboxRow(key) == nil else { return .duplicate }
        return try takeOwn(
            slot.type, timer.data, key: key, of: slot.caseID, name: "timer", in: &workspace, at: now)
    }

    /// Takes what an effect brought back.
    func finish(
        _ effect: EffectRow, with data: JSON, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        let key = InboxKey(sender: .effect, id: effect.id, redrive: effect.attempts)
        workspace.removeEffect(effect.id)
        guard try workspace.inboxRow(key) == nil else { return .duplicate }
        return try takeOwn(
            effect.type, data, key: key, of: effect.caseID, name: "effect", in: &workspace, at: now)
    }

    private func takeOwn(
        _ type: MessageType, _ data: JSON, key: InboxKey, of caseID: CaseID, name: String,
        in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        let setting = Setting(key: key, now: now, traceParent: nil)
        var outcome: Outcome = .dead(
            Trouble(
                .unknownType, "\(W.name) has no reaction to its \(name) \(type) in \(caseID.process) any more"
            ))
        if let reaction = routes[caseID.process]?[type] {
            var checks = Checks(now: now, directory: directory)
            switch prepare(reaction, Reaction<W>.Occasion(data: data), &checks) {
            case .failure(let trouble): outcome = .dead(trouble)
            case .success(let prepared): outcome = try run(prepared, for: caseID, setting, in: &workspace)
            }
        }
        if case .early(let why) = outcome {
            outcome = .dead(
                Trouble(
                    .reactionFailed, "the reaction to \(type) says \"\(why)\", but only an event can wait"))
        }
        workspace.put(
            InboxRow(
                key: key, caseID: caseID, digest: Fingerprint.of(data.serialized()), verdict: outcome.verdict,
                at: now))
        if case .dead(let trouble) = outcome {
            workspace.send(
                letters.notice(trouble, row: key.description, type: type, caseID: caseID, data: data, at: now)
            )
        }
        return outcome
    }
}

extension Turns {
    /// The moment and the message that a turn is made of.
    struct Setting {
        let key: InboxKey
        let now: Timestamp
        let traceParent: String?
    }

    /// The case as it stands; one that was never heard of begins with an empty memory.
    func knownOrNew(
        _ id: CaseID, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> CaseRow {
        if let row = try workspace.caseRow(id) { return row }
        return CaseRow(id: id, memoryVersion: W.Memory.version, memory: try stored(W.Memory()), since: now)
    }

    /// Finds the reaction to a type, and says whether type or version is what is unknown.
    private func find(
        _ type: MessageType, among reactions: [MessageType: Reaction<W>],
        where isRightKind: KeyPath<Reaction<W>.Trigger, Bool>
    ) -> Result<Reaction<W>, Trouble> {
        if let reaction = reactions[type], reaction.trigger[keyPath: isRightKind] {
            return .success(reaction)
        }
        let known = reactions.values.filter { $0.trigger[keyPath: isRightKind] }.map(\.trigger.type).sorted()
        if let other = known.last(where: { $0.isSame(as: type) }) {
            return .failure(
                Trouble(
                    .unknownVersion, "type is \(type), but \(W.name) knows version \(other.version) of it"))
        }
        let names = known.map(\.description)
        let hint = Spelling.didYouMean(type.description, among: names) ?? names.first
        return .failure(
            Trouble(
                .unknownType,
                "type is \(type), which \(W.name) does not take here"
                    + (hint.map { "; did you mean \($0)?" } ?? "")))
    }

    /// Decodes and checks; the first finding is the one that is told.
    func prepare(
        _ reaction: Reaction<W>, _ occasion: Reaction<W>.Occasion, _ checks: inout Checks
    ) -> Result<Reaction<W>.Prepared, Trouble> {
        do {
            let prepared = try reaction.prepare(occasion, &checks)
            guard checks.findings.isEmpty else {
                return .failure(Trouble(.rule, checks.findings.map(\.description).joined(separator: "; ")))
            }
            return .success(prepared)
        } catch {
            return .failure(Trouble(.malformed, error.description))
        }
    }

    /// Whether the event's list holds it; what is not declared has neither permission nor schema.
    func requireDeclared(_ type: MessageType) {
        precondition(
            published.contains(type), "\(W.name) publishes \(type), which is not in \(W.Messages.self).events"
        )
    }

    func requireDeclared(_ handoff: HandoffDeclaration) {
        precondition(
            handoffs[handoff.type] != nil,
            "\(W.name) hands off \(handoff.type), which is not in \(W.Messages.self).handoffs")
    }

    /// The declaration of a handoff that a row names; `nil` where this program asks it no more.
    func declaration(of type: MessageType) -> HandoffDeclaration? { handoffs[type] }

    /// The reaction to an early event, looked up anew.
    func reaction(to type: MessageType, in process: ProcessName) -> Reaction<W>? { routes[process]?[type] }
}

extension Outcome {
    /// What of it is kept in the inbox.
    var verdict: InboxRow.Verdict {
        switch self {
        case .applied, .duplicate: .applied
        case .early: .early
        case .refused: .refused
        case .dead: .dead
        }
    }
}

extension MessageType {
    /// Whether both are versions of one message.
    func isSame(as other: MessageType) -> Bool { owner == other.owner && name == other.name }
}
