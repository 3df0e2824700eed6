import Engine
import LedgerMessages
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// Answers questions from what the store keeps, as far as the asker may see.
struct Answering {
    let store: LedgerStore
    let fleet: FleetOutline
    /// The program's version.
    let version: String
    /// Messages in the queues that the index has not seen yet; `nil` where the broker cannot be asked now.
    var unseen: Int?

    /// What follows from a question.
    enum Answer {
        /// What is said.
        case reply(MessageType, JSON)
        /// The verdict is not there yet; the question is held.
        case hold(AskVerdict, of: Sender?)
        /// The letter's workers are asked first what they would do.
        case trial([Redrive])
    }

    /// Answers a question, or says why not.
    ///
    /// - Parameter trial: what a letter's workers would do, once they were asked.
    func answer(
        _ inquiry: Inquiry, after trial: TrialResult? = nil, at now: Timestamp
    ) throws(StoreError) -> Answer {
        do {
            let envelope = try inquiry.content.get()
            let scope = try scope(of: inquiry)
            if envelope.type == AskVerdict.type { return try verdict(read(envelope), in: scope) }
            if envelope.type == AskLetter.type {
                let reading = Reading(store: store, fleet: fleet, scope: scope, now: now)
                return try letter(read(envelope), of: inquiry, reading, after: trial)
            }
            return try answer(envelope, as: inquiry, in: scope, at: now)
        } catch let refused as QuestionRefused {
            return .reply(QuestionRefused.type, Self.document(refused))
        } catch let error as StoreError {
            throw error
        } catch {
            preconditionFailure("a question failed in a way that nobody foresaw: \(error)")
        }
    }

    /// What somebody may see in the role the question is asked in.
    private func scope(of inquiry: Inquiry) throws(QuestionRefused) -> Scope {
        let entry = store.directory.user(inquiry.user)
        let roles = entry?.roles ?? []
        switch inquiry.role {
        case .operator where roles.contains(.operator): return .everything
        case .team where roles.contains(.team): if let team = entry?.team { return .team(team) }
        case .starter where roles.contains(where: \.isStarter): return .user(inquiry.user)
        case .operator, .team, .starter: break
        }
        throw QuestionRefused(
            .notAllowed,
            "the ledger's directory does not give \(inquiry.user) the role \(inquiry.role.rawValue); "
                + "ask in a role you have, or have the directory changed")
    }

    private func answer(
        _ envelope: Envelope, as inquiry: Inquiry, in scope: Scope, at now: Timestamp
    ) throws -> Answer {
        func reply<Q: Question>(_ question: Q.Type, _ answer: (Q) throws -> Q.Reply) throws -> Answer {
            .reply(Q.replyType, Self.document(try answer(read(envelope))))
        }
        let reading = Reading(store: store, fleet: fleet, scope: scope, now: now)
        switch envelope.type {
        case AskCases.type: return try reply(AskCases.self) { try reading.cases($0) }
        case AskCase.type: return try reply(AskCase.self) { try reading.story($0) }
        case AskEntries.type: return try reply(AskEntries.self) { try reading.news($0) }
        case AskInbox.type:
            return try reply(AskInbox.self) {
                try reading.inbox($0, of: store.directory.user(inquiry.user)?.team)
            }
        case AskHandoff.type: return try reply(AskHandoff.self) { try reading.handoff($0) }
        case AskLetters.type: return try reply(AskLetters.self) { try reading.letters($0, unseen: unseen) }
        case AskTasks.type: return try reply(AskTasks.self) { try reading.tasks($0) }
        case AskTask.type: return try reply(AskTask.self) { try reading.task($0) }
        case AskStatus.type: return try reply(AskStatus.self) { _ in try status(at: now) }
        default:
            throw QuestionRefused(
                .malformed,
                "the ledger knows no question \(envelope.type); is `baton` newer than the ledger?")
        }
    }

    private func read<Q: Question>(_ envelope: Envelope) throws(QuestionRefused) -> Q {
        do { return try StrictDecoder.decode(Q.self, from: envelope.data, path: ".data") } catch {
            throw QuestionRefused(.malformed, error.description)
        }
    }

    // MARK: Letters

    private func letter(
        _ asked: AskLetter, of inquiry: Inquiry, _ reading: Reading, after trial: TrialResult?
    ) throws -> Answer {
        let row = try reading.letterRow(asked.id)
        var told: LetterTrial?
        if asked.isTried || asked.message != nil {
            switch try reading.ways(of: row, asked, for: inquiry.user) {
            case .success(let ways):
                guard let trial else { return .trial(ways) }
                told = trial.told
            case .failure(let trouble): told = LetterTrial(missing: trouble.description)
            }
        }
        return .reply(AskLetter.replyType, Self.document(try reading.letter(row, trial: told)))
    }

    // MARK: Verdicts

    private func verdict(_ asked: AskVerdict, in scope: Scope) throws -> Answer {
        guard (0...AskVerdict.longestWaitSeconds).contains(asked.waitSeconds) else {
            throw QuestionRefused(
                .malformed,
                ".data.waitSeconds must be 0 to \(AskVerdict.longestWaitSeconds), not \(asked.waitSeconds)")
        }
        let found = try store.verdict(on: asked.id, of: scope.sender, digest: asked.digest)
        guard found == nil, asked.waitSeconds > 0 else { return Self.reply(found) }
        return .hold(asked, of: scope.sender)
    }

    /// The answer to a question that was held, once there is one.
    func verdict(_ asked: AskVerdict, of sender: Sender?) throws(StoreError) -> Answer? {
        try store.verdict(on: asked.id, of: sender, digest: asked.digest).map(Self.reply)
    }

    /// A verdict as a reply; `nil` where it is not known.
    static func reply(_ verdict: Verdict?) -> Answer {
        .reply(AskVerdict.replyType, document(AskVerdict.Reply(verdict: verdict)))
    }

    // MARK: Status

    private func status(at now: Timestamp) throws -> AskStatus.Reply {
        let counts = try store.counts()
        let last = try store.lastTurns()
        return AskStatus.Reply(
            version: version, now: now, directoryDigest: store.directory.digest, openCases: counts.openCases,
            letters: counts.letters, casesWithGaps: counts.casesWithGaps,
            workers: fleet.workers.map { AskStatus.WorkerStatus(name: $0, lastTurn: last[$0]) })
    }

    /// A reply as JSON; nothing that the ledger says is without a form in it.
    static func document(_ value: some Encodable) -> JSON {
        do { return try JSON(encoding: value) } catch {
            preconditionFailure("a reply cannot be written: \(error)")
        }
    }
}

extension Directory.Role {
    fileprivate var isStarter: Bool {
        if case .starter = self { true } else { false }
    }
}
