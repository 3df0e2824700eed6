import Engine
import LedgerMessages
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// Answers questions about letters, and about what operators have set going about them.
extension Reading {
    func letters(_ asked: AskLetters, unseen: Int?) throws -> AskLetters.Reply {
        let found = try store.letters(asked, after: cursor(asked.after, asked.limit), in: scope)
        let total = found.groups.map(\.count).reduce(0, +)
        return AskLetters.Reply(
            page: try page(found.rows, of: total, asked.limit, { $0 }) { Cursor($0.at, $0.id) },
            groups: found.groups, unseen: unseen)
    }

    func letterRow(_ id: String) throws -> LetterRow {
        try one(
            store.letters(beginningWith: try beginning(id), in: scope), "letter", "begins with", id)
    }

    /// A letter whole, but for its secrets, and for what of its body fits into no reply.
    func letter(_ row: LetterRow, trial: LetterTrial?) throws -> Letter {
        let body = row.body.count > Limits.shownBodyBytes ? nil : try? JSON(parsing: row.body)
        let caseNow = try row.caseID.flatMap { try store.caseRow($0, in: scope) }.map(summary)
        return Letter(
            summary: row.summary, exchange: row.exchange, routingKey: row.routingKey, redrive: row.redrive,
            headers: Dictionary(
                uniqueKeysWithValues: row.properties.headers.map { ($0.key.rawValue, $0.value) }),
            body: body.map(Redaction.of), excerpt: body == nil ? Self.excerpt(of: row.body) : nil,
            sizeBytes: row.sizeBytes, isEditable: row.isEditable, caseNow: caseNow,
            history: Array(try store.events(of: row.id).suffix(Limits.eventsShown)),
            advice: scope == .everything ? LetterAdviser(letter: row, fleet: fleet).advice : [], trial: trial)
    }

    /// The ways by which a letter's workers can be asked what they would do with it, or why nobody can be.
    func ways(
        of letter: LetterRow, _ asked: AskLetter, for user: UserName
    ) throws -> Result<[Redrive], Trouble> {
        guard scope == .everything else {
            throw QuestionRefused(
                .notAllowed,
                "what a worker would do with a letter is an operator's to ask; leave .isTried out")
        }
        guard letter.worker != .ledger else {
            return .failure(
                Trouble(.rule, "the ledger reads its own letters as they come; send it back to see"))
        }
        guard letter.state == .open else {
            return .failure(Trouble(.rule, "letter \(letter.shortID) is \(letter.state.rawValue) already"))
        }
        if let message = asked.message {
            do throws(Trouble) {
                return .success(try letter.ways(editedAs: message, by: user, in: fleet))
            } catch { return .failure(error) }
        }
        if let obstacle = letter.obstacle(in: fleet) { return .failure(Trouble(.rule, obstacle)) }
        return .success(letter.waysBack(in: fleet))
    }

    // MARK: Tasks

    func tasks(_ asked: AskTasks) throws -> Page<LetterTask> {
        try checkOperator()
        let found = try store.tasks(after: cursor(asked.after, asked.limit), limit: asked.limit)
        return try page(found.rows, of: found.total, asked.limit, { try store.told($0, at: now) }) {
            Cursor($0.order.at, $0.id)
        }
    }

    func task(_ asked: AskTask) throws -> LetterTask {
        try checkOperator()
        return try store.told(
            one(store.tasks(beginningWith: try beginning(asked.id)), "task", "begins with", asked.id), at: now
        )
    }

    private func checkOperator() throws {
        guard scope == .everything else {
            throw QuestionRefused(.notAllowed, "tasks are operators'; ask as an operator")
        }
    }

    /// The beginning of bytes that are no JSON, for people's eyes.
    private static func excerpt(of body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(Limits.excerptBytes), as: UTF8.self)
        let scalars = text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
        return Redaction.of(String(String.UnicodeScalarView(scalars)))
    }
}
