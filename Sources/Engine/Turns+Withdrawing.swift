import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// Taking a case back: its home decides, with the word of the worker that may have done what cannot be undone.
extension Turns {
    func withdraw(
        from process: ProcessName, by envelope: Envelope, _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        guard let outline = registry.outline(of: process), outline.home == W.name else {
            return .refused(Trouble(.misrouted, "\(W.name) withdraws no case of \(process)"))
        }
        guard envelope.type == Withdraw.type(of: W.name) else {
            return .refused(
                Trouble(
                    .unknownType,
                    "type is \(envelope.type), but a case of \(process) is withdrawn by \(Withdraw.type(of: W.name))"
                ))
        }
        guard let caseID = envelope.subject else {
            return .refused(
                Trouble(.malformed, "subject is missing; a withdrawal names its case there"))
        }
        guard caseID.process == process else {
            return .refused(
                Trouble(
                    .contradiction,
                    "subject names the process \(caseID.process), but the message was sent to withdraw from \(process)"
                ))
        }
        switch decode(Withdraw.self, envelope.data) {
        case .failure(let trouble): return .refused(trouble)
        case .success(let withdraw):
            if let trouble = objection(toReason: withdraw.reason) { return .refused(trouble) }
            return try take(withdraw, of: caseID, by: outline, setting, in: &workspace)
        }
    }

    private func take(
        _ withdraw: Withdraw, of caseID: CaseID, by outline: Outline, _ setting: Setting,
        in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        guard let row = try workspace.caseRow(caseID), row.startedBy != nil else {
            return .refused(Trouble(.unknownCase, "there is no case \(caseID)"))
        }
        if let trouble = objection(toWithdrawing: row) { return .refused(trouble) }
        var hand = Hand(turns: self, setting: setting, row: row)
        guard row.passage == .given, let owner = outline.irreversibleOwner else {
            try hand.end(.withdrawn, because: withdraw.reason, in: &workspace)
            return .applied
        }
        hand.row.withdrawal = CaseRow.Withdrawal(key: setting.key, why: withdraw.reason)
        hand.send(Ending.withdrawalWanted(by: W.name), [:], in: &workspace)
        workspace.put(hand.row)
        return .early("\(owner) is asked whether it is too late")
    }

    private func objection(toWithdrawing row: CaseRow) -> Trouble? {
        switch row.stage {
        case .open: break
        case .closing(let end, _), .ended(let end):
            return Trouble(.caseEnded, "the case \(row.id) is \(end.rawValue) already")
        case .quiet: return Trouble(.caseEnded, "the case \(row.id) has ended")
        }
        guard row.withdrawal == nil else {
            return Trouble(.caseEnded, "the case \(row.id) is being withdrawn already")
        }
        return row.tooLate.map { tooLate(row.id, since: $0) }
    }

    private func tooLate(_ caseID: CaseID, since step: String) -> Trouble {
        Trouble(
            .tooLate, "it is too late to withdraw \(caseID): \"\(step)\" is done, and cannot be undone")
    }

    // MARK: Between the home and the worker that has passage

    /// Hears what is said of passage and withdrawals; `nil` for any other event.
    func hearWithdrawing(
        _ envelope: Envelope, of caseID: CaseID, by outline: Outline, _ setting: Setting,
        in workspace: inout Workspace
    ) throws(StoreError) -> Outcome? {
        guard let owner = outline.irreversibleOwner, owner != outline.home else { return nil }
        let isHome = outline.home == W.name
        switch envelope.type {
        case Ending.passageWanted(by: owner) where isHome:
            return try givePassage(caseID, setting, in: &workspace)
        case Ending.withdrawalDecided(by: owner) where isHome:
            return try takeWord(envelope, of: caseID, setting, in: &workspace)
        case Ending.passageGiven(by: outline.home) where owner == W.name:
            return try takePassage(caseID, setting, in: &workspace)
        case Ending.withdrawalWanted(by: outline.home) where owner == W.name:
            return try giveWord(caseID, setting, in: &workspace)
        default: return nil
        }
    }

    /// The home lets the worker go on, unless the case is being taken back.
    private func givePassage(
        _ caseID: CaseID, _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        var hand = try hand(of: caseID, key: setting.key, in: &workspace, at: setting.now)
        guard hand.row.stage == .open, hand.row.withdrawal == nil else { return .applied }
        hand.row.passage = .given
        hand.send(Ending.passageGiven(by: W.name), [:], in: &workspace)
        workspace.put(hand.row)
        return .applied
    }

    /// The worker asks what it held back until now.
    private func takePassage(
        _ caseID: CaseID, _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        var hand = try hand(of: caseID, key: setting.key, in: &workspace, at: setting.now)
        // Given before the worker's word, it may arrive after it.
        guard hand.row.stage == .open, hand.row.passage != .waived else { return .applied }
        hand.row.passage = .given
        try hand.openGates(try memory(of: hand.row), in: &workspace)
        workspace.put(hand.row)
        return .applied
    }

    /// The worker says whether it is too late; if not, nothing that cannot be undone is asked from now on.
    private func giveWord(
        _ caseID: CaseID, _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        var hand = try hand(of: caseID, key: setting.key, in: &workspace, at: setting.now)
        if hand.row.tooLate == nil {
            for handoff in try workspace.openHandoffs(of: caseID)
            where registry.handoff(handoff.slot.type)?.isReversible == false {
                hand.revoke(handoff, because: "the case is withdrawn", in: &workspace)
            }
            hand.row.passage = .waived
        }
        let word = hand.row.tooLate.map { ["tooLate": .string($0)] } ?? [:] as JSON
        hand.send(Ending.withdrawalDecided(by: W.name), word, in: &workspace)
        workspace.put(hand.row)
        return .applied
    }

    /// The home does what the worker's word leaves it, and says what became of the withdrawal.
    private func takeWord(
        _ envelope: Envelope, of caseID: CaseID, _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        let step: String?
        switch decode(Ending.Decision.self, envelope.data, unknownKeys: .ignored) {
        case .failure(let trouble): return .dead(trouble)
        case .success(let decision): step = decision.tooLate
        }
        var hand = try hand(of: caseID, key: setting.key, in: &workspace, at: setting.now)
        guard let withdrawal = hand.row.withdrawal else { return .applied }
        hand.row.withdrawal = nil
        hand.row.tooLate = hand.row.tooLate ?? step
        // The case may have ended meanwhile, in another way.
        guard let trouble = objection(toWithdrawing: hand.row) else {
            try hand.end(.withdrawn, because: withdrawal.why, in: &workspace)
            workspace.decide(withdrawal.key, .applied)
            return .applied
        }
        workspace.put(hand.row)
        workspace.decide(withdrawal.key, .refused(trouble))
        if case .user(let user) = withdrawal.key.sender {
            let refusal = letters.refusal(
                trouble, of: withdrawal.key.id, withdrawal.key, from: .withdraw(caseID.process, by: user),
                correlation: nil, about: caseID, at: setting.now)
            if let refusal { workspace.send(refusal) }
        }
        return .applied
    }
}

extension Hand {
    /// Why a handoff may not be asked as far as the home is concerned, which is asked for passage where it must be;
    /// `nil` where it may.
    mutating func lacksPassage(for handoff: HandoffDeclaration, in workspace: inout Workspace) -> String? {
        guard !handoff.isReversible, row.passage != .given,
            let outline = turns.registry.outline(of: row.id.process), outline.home != W.name
        else { return nil }
        if row.passage == .none {
            row.passage = .wanted
            send(Ending.passageWanted(by: W.name), [:], in: &workspace)
        }
        return "\(W.name) has not got leave yet to do what cannot be undone"
    }
}
