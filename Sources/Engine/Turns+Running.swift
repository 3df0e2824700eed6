import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// Running a reaction on the memory of its case.
extension Turns {
    /// Runs a reaction; writes everything it wants, or nothing.
    ///
    /// - Parameters:
    ///   - answer: the handoff that the message answers, as it stands before and after.
    ///   - change: what else the message changes in the case's row.
    func run(
        _ prepared: Reaction<W>.Prepared, for caseID: CaseID, _ setting: Setting, answer: Answering? = nil,
        in workspace: inout Workspace, change: (inout CaseRow) -> Void = { _ in }
    ) throws(StoreError) -> Outcome {
        var row = try knownOrNew(caseID, in: &workspace, at: setting.now)
        var turn = Turn<W>(
            caseID: caseID, now: setting.now, directory: directory, memory: try memory(of: row))
        do { try prepared.apply(&turn) } catch {
            return .dead(Trouble(.reactionFailed, "the reaction to \(setting.key.id) failed: \(error)"))
        }
        if let why = turn.notYetBecause { return notYet(why, setting.key.sender) }
        change(&row)
        var hand = Hand(turns: self, setting: setting, row: row, answered: answer?.before.id)
        if let answer {
            if answer.isAmendment { try hand.dropHeld(wantedBy: answer.before.id, in: &workspace) }
            hand.put(answer.after, was: answer.before, in: &workspace)
        }
        try hand.carryOut(turn, in: &workspace)
        return .applied
    }

    /// Only a worker's event can wait: people know what was committed, and a worker what it set itself.
    private func notYet(_ why: String, _ sender: Sender) -> Outcome {
        switch sender {
        case .worker: .early(why)
        case .user, .team: .refused(Trouble(.rule, why))
        case .timer, .effect:
            .dead(Trouble(.reactionFailed, "a reaction says \"\(why)\", but only an event can wait"))
        }
    }

    // MARK: Memory

    /// The case as it stands; one that was never heard of begins with an empty memory.
    func knownOrNew(
        _ id: CaseID, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> CaseRow {
        if let row = try workspace.caseRow(id) { return row }
        let memory = if let emptyMemory { emptyMemory } else { try stored(W.Memory()) }
        return CaseRow(id: id, memoryVersion: W.Memory.version, memory: memory, since: now)
    }

    /// The memory of a case, brought to this program's version.
    func memory(of row: CaseRow) throws(StoreError) -> W.Memory {
        do {
            var json = row.memory
            for version in row.memoryVersion..<max(row.memoryVersion, W.Memory.version) {
                json = try W.Memory.migrate(json, from: version)
            }
            return try StrictDecoder.decode(W.Memory.self, from: json, path: ".memory", unknownKeys: .refused)
        } catch {
            throw .content("the memory of \(row.id), version \(row.memoryVersion), cannot be read: \(error)")
        }
    }

    func stored(_ memory: W.Memory) throws(StoreError) -> JSON {
        do { return try JSON(encoding: memory) } catch {
            throw .content("a memory of \(W.name) cannot be written: \(error)")
        }
    }

    // MARK: Early events

    /// The case moved: tries each event that came too early, from the first one again whenever one was
    /// applied.
    func tryEarlyEvents(
        of caseID: CaseID, at now: Timestamp, in workspace: inout Workspace
    ) throws(StoreError) {
        var waiting = try workspace.caseRow(caseID)?.early ?? []
        while let key = waiting.first {
            waiting.removeFirst()
            guard var early = try workspace.earlyRow(key) else { continue }
            workspace.beginTurn(of: caseID)
            let outcome = try tryAgain(early, at: now, in: &workspace)
            if case .early(let why) = outcome {
                early.why = why
                workspace.put(early)
                continue
            }
            workspace.removeEarly(key)
            if var row = try workspace.caseRow(caseID) {
                row.early.removeAll { $0 == key }
                workspace.put(row)
                if case .applied = outcome { waiting = row.early }
            }
            if var inbox = try workspace.inboxRow(key) {
                inbox.verdict = outcome.verdict
                workspace.put(inbox)
            }
            if case .dead(let trouble) = outcome { workspace.send(letters.dead(trouble, of: early, at: now)) }
            let digest = try workspace.inboxRow(key)?.digest ?? ""
            try record(TurnRecord.Heard(early, digest: digest), outcome, in: &workspace, at: now)
        }
    }

    /// What becomes of an early event now.
    func tryAgain(
        _ early: EarlyRow, at now: Timestamp, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        guard let reaction = registry.reaction(to: early.type, in: early.caseID.process) else {
            return .dead(Trouble(.unknownType, "\(W.name) does not hear \(early.type) any more"))
        }
        switch prepare(reaction, Reaction<W>.Occasion(data: early.data), at: now) {
        case .failure(let trouble): return .dead(trouble)
        case .success(let prepared):
            let setting = Setting(key: early.key, now: now, traceParent: nil)
            return try run(prepared, for: early.caseID, setting, in: &workspace)
        }
    }
}
