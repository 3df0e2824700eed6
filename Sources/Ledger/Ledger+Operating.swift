import Engine
import LedgerMessages
import Vocabulary
import Wire

/// What workers were asked about a letter, and for whom.
struct HeldTrial {
    /// Whom it is asked for.
    enum Asker {
        case command(OperatorCommand)
        case question(Inquiry)
    }

    let asker: Asker
    var result: TrialResult
    /// When nobody waits any more, by the monotonic clock.
    let deadline: Duration
}

extension Ledger {
    /// Asks the workers of letters what they would do with them, for commands that wait for it.
    func ask(_ wanted: [TrialWanted], at moment: Moment) {
        for trial in wanted {
            ask(
                trial.ways, under: Fingerprint.short("command\n\(trial.command.user)\n\(trial.command.id)"),
                for: .command(trial.command), at: moment)
        }
    }

    /// Asks the workers of a letter what they would do with it, for somebody who wants to know.
    func ask(_ ways: [Redrive], for inquiry: Inquiry, at moment: Moment) {
        let question = "\(inquiry.replyTo ?? "")\n\(inquiry.correlationID ?? "")"
        ask(ways, under: Fingerprint.short("question\n\(question)"), for: .question(inquiry), at: moment)
    }

    /// A trial is not kept: whoever does not answer in time did not answer.
    private func ask(_ ways: [Redrive], under id: String, for asker: HeldTrial.Asker, at moment: Moment) {
        let isRoom = trials.count < Limits.heldTrials
        trials[id] = HeldTrial(
            asker: asker, result: TrialResult(silent: ways.map(\.worker)),
            deadline: moment.monotonic + (isRoom ? .seconds(AskLetter.longestTrialSeconds) : .zero))
        if isRoom { for way in ways { sendUnkept(way.trial(for: id)) } }
    }

    /// A worker says what it would do.
    func hear(_ trial: TurnTrial, of worker: WorkerName) {
        guard var held = trials[trial.question], held.result.silent.contains(worker) else { return }
        held.result.silent.removeAll { $0 == worker }
        held.result.answers[worker] = trial.turns
        trials[trial.question] = held
    }

    /// Goes on with what waited for trials that are answered, or whose time is up.
    func settleTrials(at moment: Moment) throws(StoreError) {
        for (id, trial) in trials where trial.result.silent.isEmpty || moment.monotonic >= trial.deadline {
            switch trial.asker {
            case .command(let command):
                try commit(Batch(tried: [(command, trial.result)]), at: moment)
                heardOf.insert(command.id.rawValue)
            case .question(let inquiry):
                let answer = try answering.answer(inquiry, after: trial.result, at: moment.wall)
                reply(to: inquiry, answer, at: moment.wall)
            }
            trials[id] = nil
        }
    }

    // MARK: Tasks

    /// Has tasks take their next letters in hand, and forgets what was settled long ago.
    func goOn(at moment: Moment) throws(StoreError) {
        if hasTasks { try goOnWithTasks(at: moment) }
        guard moment.monotonic >= nextForgetting else { return }
        let old = moment.wall + .seconds(-Limits.settledDays * 24 * 3600)
        let hasMore = try store.forgetSettled(before: old)
        nextForgetting = moment.monotonic + (hasMore ? .seconds(1) : Limits.forgettingPatience)
    }

    private func goOnWithTasks(at moment: Moment) throws(StoreError) {
        let running = try store.runningTasks()
        (hasTasks, nextStep) = (!running.isEmpty, nil)
        paces = paces.filter { pace in running.contains { $0.row.id == pace.key } }
        for task in running where task.canGoOn {
            let notBefore = paces[task.row.id] ?? .zero
            if moment.monotonic >= notBefore { try step(task.row, at: moment) }
            // Where there is no room, the next confirm makes some.
            guard relay.room > 0 else { continue }
            let next = max(paces[task.row.id] ?? .zero, moment.monotonic)
            nextStep = min(nextStep ?? next, next)
        }
    }

    private func step(_ task: TaskRow, at moment: Moment) throws(StoreError) {
        var count = task.kind == .discard ? Limits.discardsPerStep : min(Limits.redrivesPerStep, relay.room)
        if let rate = task.perSecond { count = min(count, max(1, rate / 10)) }
        guard count > 0 else { return }
        let (recorded, taken) = try store.step(
            task.id, atMost: count, of: answering.fleet, at: moment.wall)
        if let rate = task.perSecond { paces[task.id] = moment.monotonic + .seconds(taken) / rate }
        send(recorded.rows)
    }
}

extension LedgerStore.RunningTask {
    /// Whether letters may be taken in hand now, or nothing is left to wait for.
    fileprivate var canGoOn: Bool { row.unanswered == 0 || hasMore && row.room != 0 }
}
