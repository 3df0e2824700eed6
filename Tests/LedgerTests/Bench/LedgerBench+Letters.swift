import Engine
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import Ledger

extension LedgerBench {
    /// A dead letter of `carrier` about what `intake` said, as its copy comes; its headers can be changed.
    func letter(
        _ id: String, of worker: String = "carrier", reason: String = "malformed", minute: Int = 0,
        body: JSON? = nil, changing: [Header: String?] = [:]
    ) -> BrokerEvent {
        var headers: [Header: String] = [
            .letter: id, .reason: reason, .why: "rooms must be a number", .exchange: "baton.commands",
            .routingKey: "start.moving.intake", .sender: "user:intake", .caseID: Turns.caseID.rawValue,
            .at: Turns.minute(minute).rawValue, .redrive: "1",
        ]
        for (header, value) in changing { headers[header] = value }
        let envelope = Envelope(
            id: MessageID(stringLiteral: "form-of-\(id)"), source: "/test", type: "carrier.moving-form.v1",
            subject: "moving/lane-1", data: body ?? ["rooms": "many"])
        var properties = envelope.properties
        properties.headers = headers
        return delivery("baton.dead", worker, envelope.serialized(), properties)
    }

    /// What a worker made of a letter that was sent back.
    func result(
        of id: String, _ outcome: TurnRecord.Outcome, why: String? = nil, redrive: Int = 1,
        by sender: Sender = .user("intake"), from worker: WorkerName = "carrier"
    ) throws -> BrokerEvent {
        let turn = TurnRecord(
            caseID: nil, number: 0, at: now,
            heard: .init(
                kind: .start, type: "carrier.moving-form.v1", id: "form-of-\(id)", sender: sender,
                redrive: redrive, digest: "d"), outcome: outcome,
            trouble: why.map { RecordedTrouble(reason: "rule", why: $0) })
        return try records([turn], of: worker)
    }

    /// An operator's command.
    func command<Command: LetterCommand>(
        _ command: Command, by user: UserName = "chief", id: MessageID = "order-1"
    ) throws -> BrokerEvent {
        let envelope = Envelope(
            id: id, source: "/test", type: Command.type, data: try JSON(encoding: command))
        return delivery(
            "baton.commands", RoutingKey.operate(.ledger, by: user.rawValue), envelope.serialized())
    }

    /// Commands, and has it decided: where a worker is asked first, it says what it would do.
    @discardableResult
    func order<Command: LetterCommand>(
        _ order: Command, by user: UserName = "chief", id: MessageID = "order-1",
        trial outcome: TurnRecord.Outcome? = .applied, why: String? = nil
    ) throws -> Verdict? {
        step([try command(order, by: user, id: id)])
        if sent.contains(where: { $0.properties.headers[.trial] != nil }) {
            if let outcome {
                step(try trialAnswers(outcome, why: why))
            } else {
                step([], after: .seconds(AskLetter.longestTrialSeconds))
            }
        }
        let actions = actions
        defer { restore(actions) }
        return try verdict(id, of: user)
    }

    /// What workers say that were asked what they would do.
    func trialAnswers(_ outcome: TurnRecord.Outcome, why: String? = nil) throws -> [BrokerEvent] {
        try sent.compactMap { message in
            guard let question = message.properties.headers[.trial],
                let worker = WorkerName(rawValue: message.routingKey)
            else { return nil }
            let turn = TurnRecord(
                caseID: Turns.caseID, number: 1, at: now,
                heard: .init(kind: .start, type: nil, id: "x", sender: .user("intake"), digest: "d"),
                outcome: outcome, trouble: why.map { RecordedTrouble(reason: "rule", why: $0) })
            let envelope = Envelope(
                id: "t", source: "/workers/\(worker)", type: TurnTrial.type(of: worker),
                data: try JSON(encoding: TurnTrial(question: question, turns: [turn])))
            return delivery(Exchange.records.rawValue, worker.rawValue, envelope.serialized())
        }
    }

    /// The verdict on a command, as an operator asks for it.
    func verdict(_ id: MessageID, of user: UserName = "chief") throws -> Verdict? {
        try ask(AskVerdict(id: id, digest: nil, waitSeconds: 0)).verdict
    }

    /// The task that a command set going.
    func task(_ id: MessageID = "order-1", by user: UserName = "chief") throws -> LetterTask {
        try ask(AskTask(id: LetterTask.id(of: id, by: user)))
    }

    /// What went back to workers with the last step, but for trials.
    var sentBack: [Outgoing] {
        sent.filter { $0.exchange == Exchange.redrive.rawValue && $0.properties.headers[.trial] == nil }
    }

    /// The states of letters, by their ids.
    func states() throws -> [String: LetterState] {
        var states: [String: LetterState] = [:]
        for state in LetterState.allCases {
            for letter in try ask(AskLetters(LetterFilter(state: state), limit: 200)).page.elements {
                states[letter.id] = letter.state
            }
        }
        return states
    }

    /// The letters that wait for somebody.
    func open() throws -> [String] {
        try ask(AskLetters(limit: 200)).page.elements.map(\.id).sorted()
    }
}

extension LetterCommand {
    /// What tests say.
    static var saying: (by: Person, reason: String) { ("kim@example.com", "the form was mended") }
}

extension RedriveLetters {
    static func one(_ id: String) -> Self {
        Self(by: saying.by, reason: saying.reason, letters: .one(id), isStaged: false)
    }

    static func all(_ filter: LetterFilter, isStaged: Bool = true, perSecond: Int? = nil) -> Self {
        Self(
            by: saying.by, reason: saying.reason, letters: .all(filter), isStaged: isStaged,
            perSecond: perSecond)
    }
}

extension DiscardLetters {
    static func one(_ id: String, isForced: Bool = false) -> Self {
        Self(by: saying.by, reason: saying.reason, letters: .one(id), isForced: isForced)
    }
}

extension UndoDiscard {
    static func one(_ id: String) -> Self {
        Self(by: saying.by, reason: saying.reason, letters: .one(id))
    }
}
