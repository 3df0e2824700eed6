import Engine
import LedgerMessages
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// Answers one question about cases, handoffs and letters for one asker.
struct Reading {
    let store: LedgerStore
    let fleet: FleetOutline
    let scope: Scope
    let now: Timestamp

    // MARK: Cases

    func cases(_ asked: AskCases) throws -> Page<CaseSummary> {
        let found = try store.cases(asked, after: cursor(asked.after, asked.limit), in: scope)
        return try page(found.rows, of: found.total, asked.limit, summary) {
            Cursor($0.movedAt, $0.id.rawValue)
        }
    }

    func summary(_ row: LedgerStore.CaseRow) throws -> CaseSummary {
        let forecast = fleet.outline(of: row.id.process).map {
            Forecast($0, from: row.startedAt, in: store.directory)
        }
        let open = try store.openHandoffs(of: row.id, atMost: Limits.waitingShown)
        let troubled = try self.troubled(open, of: row.id)
        return CaseSummary(
            id: row.id, customer: row.customer, state: row.state, startedBy: row.startedBy,
            startedAt: row.startedAt, movedAt: row.movedAt, endedAt: row.endedAt, expectedEnd: forecast?.end,
            isLate: forecast.map { $0.end < row.endedAt ?? now } ?? false,
            warning: row.state == .open ? forecast?.warning : nil,
            waitingFor: open.map {
                CaseSummary.Waiting(
                    team: $0.team, title: $0.title, since: $0.askedAt ?? $0.since,
                    due: store.directory.due(of: $0) ?? .distantFuture, custody: $0.custody)
            }, overdue: troubled.overdue, stuck: troubled.stuck, letters: try store.letterCount(of: row.id))
    }

    /// How many open handoffs of a case are overdue and stuck; the store counts only what is not at hand already.
    private func troubled(
        _ open: [TurnRecord.HandoffEntry], of caseID: CaseID
    ) throws -> (overdue: Int, stuck: Int) {
        guard open.count < Limits.waitingShown else { return try store.troubledHandoffs(of: caseID, at: now) }
        return (
            open.count { handoff in store.directory.due(of: handoff).map { $0 < now } ?? false },
            open.count { $0.clock.stuckAt != nil }
        )
    }

    /// The case of an id, or of the end of one.
    func caseRow(_ text: String) throws -> LedgerStore.CaseRow {
        if let id = CaseID(rawValue: text), let row = try store.caseRow(id, in: scope) { return row }
        guard !text.isEmpty else { throw QuestionRefused(.malformed, ".data.id must not be empty") }
        // The whole of an id's second half counts more than the end of a longer one.
        let whole = text.contains("/") ? [] : try store.cases(endingIn: "/\(text)", in: scope)
        return try one(
            whole.count == 1 ? whole : store.cases(endingIn: text, in: scope), "case", "ends in", text)
    }

    // MARK: Handoffs

    func inbox(_ asked: AskInbox, of own: Team?) throws -> Page<OpenHandoff> {
        let found = try store.inbox(
            of: try team(asked.team, own: own), asked, after: cursor(asked.after, asked.limit))
        return try page(found.rows, of: found.total, asked.limit, openHandoff) {
            Cursor(store.directory.due(of: $0.entry) ?? .distantFuture, $0.entry.id.rawValue)
        }
    }

    /// The team whose inbox is meant; `nil` for everybody's.
    private func team(_ asked: Team?, own: Team?) throws -> Team? {
        switch scope {
        case .everything: return asked ?? own
        case .team(let team) where asked == nil || asked == team: return team
        case .team(let team):
            throw QuestionRefused(
                .notAllowed, "as team \(team) you see its inbox alone; ask as an operator for another's")
        case .user: throw QuestionRefused(.notAllowed, "a starter has no inbox; ask as a team or an operator")
        }
    }

    func handoff(_ asked: AskHandoff) throws -> OpenHandoff {
        try openHandoff(
            one(
                store.handoffs(beginningWith: try beginning(asked.id), in: scope), "handoff", "begins with",
                asked.id))
    }

    func openHandoff(_ row: LedgerStore.HandoffRow) -> OpenHandoff {
        let entry = row.entry
        let due = store.directory.due(of: entry)
        return OpenHandoff(
            id: entry.id, caseID: row.caseID, customer: row.customer, worker: row.worker, team: entry.team,
            type: entry.type, answerType: entry.answerType, state: entry.state,
            heldBecause: entry.heldBecause, title: entry.title, lines: entry.lines, question: entry.question,
            since: entry.since, askedAt: entry.askedAt, due: due,
            isOverdue: entry.state == .open && due.map { $0 < now } ?? false, clock: entry.clock,
            timers: entry.state == .open
                ? entry.clock.timers(on: store.directory.calendar(of: entry.team)) : [],
            custody: entry.custody, revision: entry.revision, revokedBecause: entry.revokedBecause)
    }

    // MARK: One and many

    func beginning(_ id: String) throws -> String {
        guard id.count >= Limits.shortestBeginning else {
            throw QuestionRefused(
                .malformed,
                ".data.id must have at least \(Limits.shortestBeginning) characters, not \"\(id)\"")
        }
        return id
    }

    /// The only one of what was found.
    func one<Row>(_ found: [Row], _ kind: String, _ verb: String, _ text: String) throws -> Row {
        guard found.count <= 1 else {
            throw QuestionRefused(
                .malformed, "more than one \(kind) \(verb) \"\(text)\"; give more of the id")
        }
        guard let only = found.first else {
            throw QuestionRefused(
                .notFound, "no \(kind) that you may see has an id that \(verb) \"\(text)\"")
        }
        return only
    }

    func cursor(_ after: String?, _ limit: Int) throws -> Cursor? {
        let most = Page<CaseSummary>.most
        guard (1...most).contains(limit) else {
            throw QuestionRefused(.malformed, ".data.limit must be 1 to \(most), not \(limit)")
        }
        guard let after else { return nil }
        guard let cursor = Cursor(after) else {
            throw QuestionRefused(.malformed, ".data.after must be the next of an earlier page")
        }
        return cursor
    }

    /// As many elements as were asked for and fit into a reply.
    func page<Row, Element>(
        _ rows: [Row], of total: Int, _ limit: Int, _ element: (Row) throws -> Element,
        cursor: (Row) -> Cursor
    ) throws -> Page<Element> {
        var elements: [Element] = []
        var room = Limits.listBytes
        for row in rows.prefix(limit) {
            let next = try element(row)
            room -= Answering.document(next).serialized().count
            if room < 0, !elements.isEmpty { break }
            elements.append(next)
        }
        let isLast = elements.count == rows.count
        return Page(
            elements: elements, next: isLast ? nil : cursor(rows[elements.count - 1]).text, total: total)
    }
}
