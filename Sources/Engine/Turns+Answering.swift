import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// What teams say of the handoffs they were asked: answers, amendments, who has it, that it cannot be done.
extension Turns {
    /// A handoff before and after an answer.
    struct Answering {
        let before: HandoffRow
        let after: HandoffRow

        /// Whether it takes the place of an answer of a lower revision.
        var isAmendment: Bool { before.revision > 0 && after.revision > before.revision }
    }

    func answer(
        _ envelope: Envelope, from team: Team, _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        let row: HandoffRow
        switch try askedHandoff(answeredBy: envelope, from: team, in: &workspace) {
        case .success(let found): row = found
        case .failure(let trouble): return .refused(trouble)
        }
        workspace.turnIs(of: row.slot.caseID)
        if envelope.type == Accept.type(of: W.name) {
            return try accept(row, as: envelope.data, setting, in: &workspace)
        }
        if envelope.type == Decline.type(of: W.name) {
            return try decline(row, as: envelope.data, setting, in: &workspace)
        }
        guard let handoff = registry.handoff(row.slot.type),
            let reaction = registry.reaction(to: handoff.answerType, in: row.slot.caseID.process)
        else {
            return .dead(
                Trouble(.unknownType, "\(W.name) asks \(row.slot.type) no more, and cannot take its answer"))
        }
        guard envelope.type == handoff.answerType else {
            return .refused(
                Trouble(
                    .unknownType,
                    "type is \(envelope.type), but the handoff \(row.id) is answered by \(handoff.answerType)"
                ))
        }
        return try answer(row, of: handoff, with: envelope.data, reaction, setting, in: &workspace)
    }

    private func answer(
        _ row: HandoffRow, of handoff: HandoffDeclaration, with data: JSON, _ reaction: Reaction<W>,
        _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        let digest = Self.digest(ofAnswer: data)
        guard !row.answers.contains(digest) else { return .duplicate }
        if row.state == .revoked { return try refuseRevoked(row, setting, in: &workspace) }
        let author: Author
        do {
            author = try StrictDecoder.decode(
                Author.self, from: data, path: ".data", unknownKeys: .ignored)
        } catch {
            return .refused(Trouble(.malformed, error.description))
        }
        let caseRow = try knownOrNew(row.slot.caseID, in: &workspace, at: setting.now)
        let revision = author.revision ?? 1
        if let trouble = objection(to: revision, of: row, caseRow) { return .refused(trouble) }
        let isAmendment = row.revision > 0 && revision > row.revision
        let original = row.original ?? row.question
        let question = isAmendment ? original : row.question
        let occasion = Reaction<W>.Occasion(data: data, question: question, author: author)
        switch prepare(reaction, occasion, by: author, at: setting.now) {
        case .failure(let trouble): return .refused(trouble)
        case .success(let prepared):
            var answered = row
            if revision > row.revision {
                answered.revision = revision
                answered.answeredIn = caseRow.turns + 1
            }
            answered.answers.append(digest)
            answered.question = prepared.rest ?? question
            answered.original = answered.question == original ? nil : original
            answered.state = prepared.rest == nil ? .answered : .open
            let tooLate = handoff.isReversible ? nil : handoff.saying(of: original).title
            return try run(
                prepared, for: row.slot.caseID, setting, answer: Answering(before: row, after: answered),
                in: &workspace
            ) { $0.tooLate = $0.tooLate ?? tooLate }
        }
    }

    /// Why an answer of this revision is not taken; `nil` where it is.
    private func objection(to revision: Int, of row: HandoffRow, _ caseRow: CaseRow) -> Trouble? {
        guard revision >= 1 else {
            return Trouble(.malformed, ".data.revision must be 1 or more, not \(revision)")
        }
        // The first answer, or another part of it.
        if row.revision == 0 || revision == row.revision && row.state == .open { return nil }
        let isUsed = caseRow.lastOutward >= row.answeredIn ?? 0
        let remedy =
            isUsed
            ? "which \(W.name) has gone on from; it cannot be amended any more"
            : "which stands; to amend it, answer with revision \(row.revision + 1)"
        guard revision > row.revision else {
            let standing = row.revision > 1 ? "an answer of revision \(row.revision)" : "another answer"
            return Trouble(.answered, "the handoff \(row.id) has \(standing) already, \(remedy)")
        }
        guard caseRow.stage == .open else {
            return Trouble(
                .caseEnded, "the case \(caseRow.id) has ended; the answer to \(row.id) stands as it is")
        }
        return isUsed
            ? Trouble(.used, "the handoff \(row.id) has an answer of revision \(row.revision), \(remedy)")
            : nil
    }

    /// An answer to a handoff that was taken back: if its case has ended, work was done for it that someone beyond
    /// the team must know of.
    private func refuseRevoked(
        _ row: HandoffRow, _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        let why = row.revokedBecause ?? "nothing is asked any more"
        var hand = try hand(of: row.slot.caseID, key: setting.key, in: &workspace, at: setting.now)
        // Taken back by the word that a withdrawal is in time, its case ends as soon as its home has heard that.
        if hand.row.stage != .open || hand.row.passage == .waived {
            hand.notify(.escalation, of: row, because: Self.lateness(why), in: &workspace)
        }
        return .refused(Trouble(.revoked, "the handoff \(row.id) was taken back: \(why)"))
    }

    private static func lateness(_ why: String) -> String {
        "an answer came though it was taken back (\(why)), and was refused; what was done may have to be undone"
    }

    /// The handoff that an answer names, if it is one of this team's that was asked.
    private func askedHandoff(
        answeredBy envelope: Envelope, from team: Team, in workspace: inout Workspace
    ) throws(StoreError) -> Result<HandoffRow, Trouble> {
        guard let correlation = envelope.correlationID else {
            return .failure(
                Trouble(
                    .malformed,
                    "correlationid is missing; an answer names its handoff there, as the question did"))
        }
        guard let id = HandoffID(rawValue: correlation), let row = try workspace.handoff(id),
            row.askedAt != nil
        else {
            return .failure(
                Trouble(
                    .unknownHandoff,
                    "there is no handoff \"\(correlation.prefix(64))\" with \(W.name); "
                        + "copy correlationid from the question"))
        }
        guard row.team == team else {
            return .failure(Trouble(.otherTeam, "the handoff \(id) was asked of another team than \(team)"))
        }
        if let subject = envelope.subject, subject != row.slot.caseID {
            return .failure(
                Trouble(
                    .contradiction,
                    "subject is \(subject), but the handoff \(id) belongs to \(row.slot.caseID)"))
        }
        return .success(row)
    }

    /// What an answer says; revision 1 is the same whether it is said or not.
    private static func digest(ofAnswer data: JSON) -> String {
        guard case .object(let fields) = data, fields["revision"] == 1 else {
            return Fingerprint.of(data.serialized())
        }
        return Fingerprint.of(JSON.object(fields.removing(["revision"])).serialized())
    }

    // MARK: Custody

    private func accept(
        _ row: HandoffRow, as data: JSON, _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        switch decode(Accept.self, data) {
        case .failure(let trouble): return .refused(trouble)
        case .success(let accept):
            return try keep(
                Custody(.accepted, by: accept.by, at: setting.now), of: row, setting, in: &workspace)
        }
    }

    private func decline(
        _ row: HandoffRow, as data: JSON, _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        switch decode(Decline.self, data) {
        case .failure(let trouble): return .refused(trouble)
        case .success(let decline):
            if let trouble = objection(toReason: decline.reason) { return .refused(trouble) }
            return try keep(
                Custody(.declined, by: decline.by, at: setting.now, reason: decline.reason), of: row, setting,
                in: &workspace)
        }
    }

    /// Notes who has a handoff. Whoever is beyond the team is told when it declines what it had not declined before.
    private func keep(
        _ custody: Custody, of row: HandoffRow, _ setting: Setting, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        switch row.state {
        case .open, .held: break
        case .answered:
            return .refused(Trouble(.answered, "the handoff \(row.id) was answered already"))
        case .revoked:
            let why = row.revokedBecause ?? "nothing is asked any more"
            return .refused(Trouble(.revoked, "the handoff \(row.id) was taken back: \(why)"))
        }
        var hand = try hand(of: row.slot.caseID, key: setting.key, in: &workspace, at: setting.now)
        var kept = row
        kept.custody = custody
        let isNews = custody.said == .declined && row.custody?.said != .declined
        if isNews, row.clock.escalatedAt == nil { kept.clock.say(.escalation, at: setting.now) }
        hand.put(kept, was: row, in: &workspace)
        if isNews, let reason = custody.reason {
            hand.notify(
                .escalation, of: kept, because: "\(custody.by) declined it: \(reason)", in: &workspace)
        }
        return .applied
    }
}
