import Engine
import LedgerMessages
import SQLiteStore
import StrictJSON
import Vocabulary
import Wire

/// Does what operators command about letters, within one transaction: a command that is refused changes nothing.
struct LetterOffice {
    let session: SQLSession
    let directory: Directory
    let fleet: FleetOutline
    let now: Timestamp

    /// What came of a command.
    private enum Decision {
        /// It was done, or goes on as a task; the case it is about, and the head of its chain.
        case done(CaseID?, head: String?)
        /// Its letter's worker is asked first.
        case tried(TrialWanted)
    }

    /// Takes a command; one that is there already changes nothing.
    func take(_ command: OperatorCommand, into recorded: inout Recorded) throws {
        let known = try session.all(
            "SELECT digest FROM verdicts WHERE sender = ? AND id = ? AND worker = ?",
            [
                .text(Sender.user(command.user).rawValue), .value(command.id), .value(WorkerName.ledger),
            ]
        ) { try $0.text() }
        let waiting = try session.waitingCommands(under: command).map(\.envelope.contentDigest)
        if (known + waiting).contains(command.envelope.contentDigest) { return }
        guard known.isEmpty, waiting.isEmpty else {
            return try note(
                Trouble(
                    .idReused,
                    "\(command.user) sent another command under the id \(command.id); give each its own id"),
                on: command)
        }
        try decide(command, after: nil, into: &recorded)
    }

    /// Goes on with a command once its letter's worker has said what it would do, or has not.
    func conclude(
        _ command: OperatorCommand, _ trial: TrialResult, into recorded: inout Recorded
    ) throws {
        try session.run(
            "DELETE FROM letter_commands WHERE user = ? AND id = ?", .value(command.user), .value(command.id))
        try decide(command, after: trial, into: &recorded)
    }

    private func decide(
        _ command: OperatorCommand, after trial: TrialResult?, into recorded: inout Recorded
    ) throws {
        do {
            switch try perform(command, after: trial, into: &recorded) {
            case .done(let caseID, let head): try note(nil, on: command, caseID: caseID, head: head)
            case .tried(let wanted):
                try session.run(
                    "INSERT INTO letter_commands (user, id, body) VALUES (?, ?, ?)", .value(command.user),
                    .value(command.id), .bytes(command.envelope.serialized()))
                recorded.trials.append(wanted)
            }
        } catch let trouble as Trouble {
            try note(trouble, on: command)
        }
    }

    /// The verdict on a command, as workers' turns leave it on theirs.
    private func note(
        _ trouble: Trouble?, on command: OperatorCommand, caseID: CaseID? = nil, head: String? = nil
    ) throws {
        let heard = TurnRecord.Heard(
            kind: .operate, type: command.envelope.type, id: command.id.rawValue, sender: .user(command.user),
            digest: command.envelope.contentDigest)
        try session.note(
            TurnRecord(
                caseID: caseID, number: 0, at: now, heard: heard,
                outcome: trouble == nil ? .applied : .refused,
                trouble: trouble.map { RecordedTrouble(reason: $0.kind.rawValue, why: $0.description) }),
            of: .ledger, head: head)
    }

    // MARK: Commands

    private func perform(
        _ command: OperatorCommand, after trial: TrialResult?, into recorded: inout Recorded
    ) throws -> Decision {
        guard directory.user(command.user)?.roles.contains(.operator) ?? false else {
            throw Trouble(
                .rule,
                "\(command.user) has not the role operator in the ledger's directory; give it that role, or have an "
                    + "operator do it")
        }
        switch try command.wish() {
        case .redrive(let wish):
            if let rate = wish.perSecond, !(1...Limits.mostPerSecond).contains(rate) {
                throw Trouble(
                    .malformed, ".data.perSecond must be 1 to \(Limits.mostPerSecond), not \(rate)")
            }
            var task = TaskRow(.redrive, by: command.order(wish, at: now))
            guard case .one(let id) = wish.letters else {
                (task.isStaged, task.perSecond) = (wish.isStaged, wish.perSecond)
                return try begin(task, wish.letters)
            }
            let letter = try open(id)
            if let obstacle = letter.obstacle(in: fleet) { throw Trouble(.rule, obstacle) }
            let ways = letter.waysBack(in: fleet)
            guard let trial = trial ?? letter.trialNotNeeded else {
                return .tried(TrialWanted(command: command, ways: ways))
            }
            if let refusal = trial.refusal { throw Trouble(.rule, refusal) }
            return try finish(task, letter) { try sendBack(letter, by: ways, in: &$0, into: &recorded) }
        case .edit(let wish): return try edit(wish, command, after: trial, into: &recorded)
        case .discard(let wish):
            var task = TaskRow(.discard, by: command.order(wish, at: now))
            task.isForced = wish.isForced
            guard case .one(let id) = wish.letters else { return try begin(task, wish.letters) }
            let letter = try open(id)
            if !wish.isForced, let stranded = try stranded(by: letter) { throw Trouble(.rule, stranded) }
            return try finish(task, letter) { try discard(letter, in: &$0) }
        case .undo(let wish):
            let task = TaskRow(.undo, by: command.order(wish, at: now))
            guard case .one(let id) = wish.letters else { return try begin(task, wish.letters) }
            let letter = try discarded(id)
            return try finish(task, letter) { try undo(letter, in: &$0, into: &recorded) }
        case .cancel(let wish): return try cancel(wish)
        }
    }

    private func edit(
        _ wish: EditLetter, _ command: OperatorCommand, after trial: TrialResult?,
        into recorded: inout Recorded
    ) throws -> Decision {
        let letter = try open(wish.letter)
        let ways = try letter.ways(editedAs: wish.message, by: command.user, in: fleet)
        guard let trial else { return .tried(TrialWanted(command: command, ways: ways)) }
        if let missing = trial.missing {
            throw Trouble(.rule, "\(missing); an edit is tried before it goes: start it, then edit again")
        }
        if let refusal = trial.refusal { throw Trouble(.rule, refusal) }
        let task = TaskRow(.edit, by: command.order(wish, at: now))
        return try finish(task, letter) { try sendBack(letter, by: ways, in: &$0, into: &recorded) }
    }

    /// Does a task of one letter whole.
    private func finish(
        _ task: TaskRow, _ letter: LetterRow, _ body: (inout TaskRow) throws -> String?
    ) throws -> Decision {
        var task = task
        let head = try body(&task)
        if task.unanswered == 0 { task.state = .done }
        try session.put(task)
        return .done(letter.caseID, head: head)
    }

    /// Puts a task's hand on all letters that meet its filter now.
    private func begin(_ task: TaskRow, _ letters: LetterSelection) throws -> Decision {
        guard case .all(let filter) = letters else { preconditionFailure("one letter is no bulk") }
        try filter.check(takes: task.takes)
        var task = task
        var condition = Condition()
        condition.require(filter, in: task.takes)
        condition.require("task IS NULL")
        let met = try session.count("SELECT count(*) FROM letters WHERE \(condition.sql)", condition.values)
        if task.kind == .redrive { condition.require("redrive IS NOT NULL AND size = length(body)") }
        try session.run(
            "UPDATE letters SET task = ? WHERE \(condition.sql)", [.text(task.id)] + condition.values)
        let taken = try session.waiting(for: task.id)
        guard taken > 0 else {
            throw Trouble(
                .rule,
                met == 0
                    ? "no \(task.takes.rawValue) letter meets the filter, or others have all of them in hand"
                    : "none of the \(met) letters that meet the filter can be sent back; "
                        + "`baton dead show` says why of each")
        }
        task.passedOver = met - taken
        try session.put(task)
        return .done(filter.caseID, head: nil)
    }

    private func cancel(_ wish: CancelTask) throws -> Decision {
        let found = try session.tasks(beginningWith: Self.beginning(wish.task, "task"))
        guard var task = try Self.one(found, "task", wish.task) else {
            throw Trouble(
                .rule, "there is no task whose id begins with \"\(wish.task)\"; see `baton dead tasks`")
        }
        guard task.state == .running else {
            throw Trouble(
                .rule, "task \(task.id.prefix(Limits.shownIDCharacters)) is \(task.state.rawValue) already")
        }
        task.state = .cancelled
        task.why = "cancelled by \(wish.by): \(wish.reason); what was done stays done"
        try session.release(task.id)
        try session.put(task)
        return .done(nil, head: nil)
    }
}
