import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// The end of a case across workers: closing, quiet, ended.
extension Turns {
    /// Hears what the engine itself says of a case's end; `nil` for any other event.
    func hearEnding(
        _ envelope: Envelope, of caseID: CaseID, _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome? {
        guard let outline = registry.outline(of: caseID.process) else { return nil }
        let speaker = envelope.type.owner
        if speaker == outline.home, envelope.type == Ending.closing(by: speaker),
            outline.participants.contains(W.name)
        {
            var row = try knownOrNew(caseID, in: &workspace, at: setting.now)
            guard row.stage == .open else { return .applied }
            let how: Ending.How
            switch decode(Ending.How.self, envelope.data, unknownKeys: .ignored) {
            case .failure(let trouble): return .dead(trouble)
            case .success(let said): how = said
            }
            row.stage = .quiet
            var hand = Hand(turns: self, setting: setting, row: row)
            try hand.fallQuiet(before: how, in: &workspace)
            return .applied
        }
        if outline.home == W.name, envelope.type == Ending.quiet(by: speaker),
            outline.participants.contains(speaker)
        {
            guard let row = try workspace.caseRow(caseID), case .closing(let end, let awaiting) = row.stage
            else {
                return .applied
            }
            var hand = Hand(turns: self, setting: setting, row: row)
            try hand.waitFor(awaiting.filter { $0 != speaker }, before: end, in: &workspace)
            return .applied
        }
        return try hearWithdrawing(envelope, of: caseID, by: outline, setting, in: &workspace)
    }

    /// Whether the case has ended here, so that what comes does nothing any more; says so on record.
    func hasEnded(_ caseID: CaseID, in workspace: inout Workspace) throws(StoreError) -> Bool {
        guard let row = try workspace.caseRow(caseID), row.stage != .open else { return false }
        workspace.remark(
            RecordedTrouble(reason: "case-ended", why: "the case had ended before; nothing happened"))
        return true
    }
}

extension Hand {
    /// The home ends its case: nothing is open with it any more, and the other participants are to say the same.
    mutating func end(
        _ end: CaseEnd, because why: String? = nil, in workspace: inout Workspace
    ) throws(StoreError) {
        let participants = turns.registry.requireHome(of: row.id.process).participants
        let how = Ending.How(end: end, why: why)
        try takeBackAll(before: how, in: &workspace)
        if !participants.isEmpty { say(Ending.closing(by: W.name), how, in: &workspace) }
        try waitFor(participants, before: end, in: &workspace)
    }

    /// Notes who has not fallen quiet yet; once nobody is left, the case has ended.
    mutating func waitFor(
        _ participants: [WorkerName], before end: CaseEnd, in workspace: inout Workspace
    ) throws(StoreError) {
        row.stage = participants.isEmpty ? .ended(end) : .closing(end, awaiting: participants)
        if participants.isEmpty {
            say(Ending.ended(by: W.name), Ending.How(end: end), in: &workspace)
            workspace.caseEnded(end)
        }
        workspace.put(row)
    }

    /// A participant takes back what is open with it, and says that nothing is.
    mutating func fallQuiet(before how: Ending.How, in workspace: inout Workspace) throws(StoreError) {
        try takeBackAll(before: how, in: &workspace)
        send(Ending.quiet(by: W.name), [:], in: &workspace)
        workspace.put(row)
    }

    private mutating func say(_ type: MessageType, _ how: Ending.How, in workspace: inout Workspace) {
        var said: JSONObject = ["end": .string(how.end.rawValue)]
        said["why"] = how.why.map(JSON.string)
        send(type, .object(said), in: &workspace)
    }

    /// Handoffs, timers and early events: none of them outlives its case. Effects do, a mail that is under way
    /// arrives.
    private mutating func takeBackAll(
        before how: Ending.How, in workspace: inout Workspace
    ) throws(StoreError) {
        let why = "the case is \(how.end.rawValue)" + (how.why.map { ": \($0)" } ?? "")
        for handoff in try workspace.openHandoffs(of: row.id) {
            revoke(handoff, because: why, in: &workspace)
        }
        for slot in try workspace.timers(of: row.id) { workspace.removeTimer(slot) }
        for key in row.early {
            workspace.removeEarly(key)
            if var inbox = try workspace.inboxRow(key) {
                inbox.verdict = .applied
                workspace.put(inbox)
            }
        }
        row.held = []
        row.early = []
    }
}
