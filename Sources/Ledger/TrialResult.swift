import Engine
import LedgerMessages
import SQLiteStore
import Vocabulary
import Wire

/// A command whose letter's workers are asked first what they would do.
struct TrialWanted {
    let command: OperatorCommand
    let ways: [Redrive]
}

/// What a letter's workers would do with it.
struct TrialResult {
    /// What each one said: the letter's own turn in front.
    var answers: [WorkerName: [TurnRecord]] = [:]
    /// Those that did not say.
    var silent: [WorkerName] = []

    /// That somebody did not say; `nil` where all did.
    var missing: String? { silent.first.map { "\($0) does not answer" } }

    /// Why one of them would not take it; `nil` where all would.
    var refusal: String? {
        for (worker, turns) in answers.sorted(by: { $0.key < $1.key }) {
            guard let own = turns.first, own.outcome == .refused || own.outcome == .dead else { continue }
            return
                "\(worker) would refuse it: \(own.trouble?.why ?? "it does not say why"); nothing has changed"
        }
        return nil
    }

    /// As those are told who ask.
    var told: LetterTrial {
        LetterTrial(turns: answers.sorted { $0.key < $1.key }.flatMap(\.value), missing: missing)
    }
}

extension LetterRow {
    /// Of the ledger's own letters nobody is asked: whether it can read them shows when they come.
    var trialNotNeeded: TrialResult? { worker == .ledger ? TrialResult() : nil }
}

extension SQLSession {
    /// The commands that wait for what a worker would do.
    func waitingCommands() throws -> [OperatorCommand] { try waitingCommands(where: "TRUE", []) }

    /// The command of a user that waits under the same id.
    func waitingCommands(under other: OperatorCommand) throws -> [OperatorCommand] {
        try waitingCommands(where: "user = ? AND id = ?", [.value(other.user), .value(other.id)])
    }

    private func waitingCommands(
        where condition: String, _ values: [SQLValue]
    ) throws -> [OperatorCommand] {
        try all("SELECT user, body FROM letter_commands WHERE \(condition)", values) {
            OperatorCommand(user: try $0.value(), envelope: try Envelope(parsing: $0.bytes()))
        }
    }
}
