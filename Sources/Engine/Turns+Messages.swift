import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// The three kinds of message that reach a worker from outside: a start, an answer, an event.
extension Turns {
    func start(
        _ process: ProcessName, by envelope: Envelope, _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        guard registry.takesPart(in: process) else {
            return .refused(Trouble(.misrouted, "\(W.name) starts no case of \(process)"))
        }
        let reaction: Reaction<W>
        switch registry.find(envelope.type, in: process, where: { $0.isCommand }) {
        case .success(let found): reaction = found
        case .failure(let trouble): return .refused(trouble)
        }
        let derived = "\(process)/\(Fingerprint.short("\(setting.key.sender)\n\(setting.key.id)"))"
        let caseID = envelope.subject ?? CaseID(derived: derived)
        workspace.turnIs(of: caseID)
        guard caseID.process == process else {
            return .refused(
                Trouble(
                    .contradiction,
                    "subject names the process \(caseID.process), but the message was sent to start \(process)"
                ))
        }
        // A case may be known before it is started: from an event that was quicker than its form.
        guard try workspace.caseRow(caseID)?.startedBy == nil else {
            return .refused(Trouble(.caseInUse, "the case \(caseID) exists already; choose another id"))
        }
        switch prepare(reaction, Reaction<W>.Occasion(data: envelope.data), at: setting.now) {
        case .failure(let trouble): return .refused(trouble)
        case .success(let prepared):
            workspace.turnIs(of: caseID, customer: prepared.customer)
            return try run(prepared, for: caseID, setting, in: &workspace) {
                $0.startedBy = setting.key.sender
            }
        }
    }

    func hear(
        _ envelope: Envelope, from owner: WorkerName, _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        guard envelope.type.owner == owner else {
            return .dead(Trouble(.contradiction, "type is \(envelope.type), but \(owner) published it"))
        }
        guard let caseID = envelope.subject else {
            return .dead(Trouble(.malformed, "subject is missing; an event names its case there"))
        }
        if let outcome = try hearEnding(envelope, of: caseID, setting, in: &workspace) { return outcome }
        // A process in which this worker hears no such event: the binding is there for another.
        guard registry.knows(envelope.type, in: caseID.process) else {
            workspace.passOver()
            return .applied
        }
        let reaction: Reaction<W>
        switch registry.find(envelope.type, in: caseID.process, where: { $0.isEvent }) {
        case .success(let found): reaction = found
        case .failure(let trouble): return .dead(trouble)
        }
        guard try !hasEnded(caseID, in: &workspace) else { return .applied }
        switch prepare(reaction, Reaction<W>.Occasion(data: envelope.data), at: setting.now) {
        case .failure(let trouble): return .dead(trouble)
        case .success(let prepared):
            let outcome = try run(prepared, for: caseID, setting, in: &workspace)
            guard case .early(let why) = outcome else { return outcome }
            return try keep(envelope, of: caseID, because: why, setting, in: &workspace)
        }
    }

    /// Keeps an event whose time has not come.
    private func keep(
        _ envelope: Envelope, of caseID: CaseID, because why: String, _ setting: Setting,
        in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        guard try workspace.earlyCount() < limits.early else {
            return .dead(
                Trouble(
                    .tooManyEarly,
                    "\(W.name) keeps \(limits.early) early events already; this one waits: \(why)"))
        }
        var row = try knownOrNew(caseID, in: &workspace, at: setting.now)
        row.early.append(setting.key)
        workspace.put(row)
        workspace.add(
            EarlyRow(
                key: setting.key, caseID: caseID, type: envelope.type, data: envelope.data, why: why,
                since: setting.now, noticeAt: setting.now + limits.earlyNotice))
        return .early(why)
    }
}
