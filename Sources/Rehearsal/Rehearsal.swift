import Engine
import Vocabulary
import Wire
import WorkerKit

/// One history of a fleet in one process, on a virtual clock: one seed draws everything that people, teams and fate
/// do, and replays it.
///
/// First things go wrong, then nothing does any more, and everything must settle. The engine, the pump and the
/// workers are those of production; only what stands behind the four seams is played.
public final class Rehearsal {
    /// Everything that happened.
    public let history: History
    private let seed: UInt64
    private let scenario: Scenario
    private let faults: Faults
    private let auditor: Auditor
    private let clock: VirtualClock
    private let broker: MemoryBroker
    private let hosts: [Host]
    private var random: SeededGenerator
    private var errands: [(at: Duration, errand: Errand)] = []
    private var isCalm = false

    /// Sets a history up.
    ///
    /// - Parameters:
    ///   - scenario: what is rehearsed.
    ///   - seed: what everything is drawn from.
    ///   - faults: what goes wrong in the first phase.
    ///   - planting: a fault of a test's own between workers and their seams.
    public init(
        _ scenario: Scenario, seed: UInt64, faults: Faults = .rough,
        planting: @escaping Planting = { ($0, $1) }
    ) {
        self.scenario = scenario
        self.seed = seed
        self.faults = faults
        var random = SeededGenerator(seed: seed)
        let declarations = scenario.workers.map(\.declaration)
        let auditor = Auditor(rules: NeverRule.general(for: declarations) + scenario.rules)
        let clock = VirtualClock(wall: Timestamp(milliseconds: 1_790_000_000_000))
        let history = History(clock: clock, auditor: auditor)
        let broker = MemoryBroker(
            bindings: Binding.all(of: declarations, in: scenario.directory), clock: clock, history: history,
            faults: faults, random: random.fork())
        hosts = scenario.workers.map {
            Host(
                $0, directory: scenario.directory, broker: broker, planting: planting, random: random.fork())
        }
        self.auditor = auditor
        self.clock = clock
        self.history = history
        self.broker = broker
        self.random = random
    }

    /// Plays the history to its end.
    ///
    /// - Throws: ``Violation`` at the first rule that is broken.
    public func run() throws(Violation) {
        schedule(scenario.people(clock.now.wall, &random))
        for _ in 0..<Limits.roughSteps {
            try step()
            for host in hosts { host.sufferMishaps(faults) }
            passRoughTime()
        }
        isCalm = true
        broker.faults = .none
        for host in hosts { host.calm() }
        try settle()
    }

    // MARK: The two phases

    private func passRoughTime() {
        let isLong = random.chance(40)
        clock.advance(
            by: random.duration(isLong ? Limits.longStepMilliseconds : Limits.stepMilliseconds))
        guard random.chance(faults.clockJump) else { return }
        let jump = random.duration(Limits.clockJumpMilliseconds)
        clock.setWall(by: Bool.random(using: &random) ? jump : .zero - jump)
        history.saw(.clockJump)
        history.record(.mishap("the clock is set to \(clock.now.wall)"))
    }

    private func settle() throws(Violation) {
        var reminders = 0
        for _ in 0..<Limits.calmSteps {
            try step()
            clock.advance(by: calmPause)
            guard isAtRest, !redriveLetters() else { continue }
            auditor.judgeAtRest(history)
            try requireNoViolation()
            let owed = owedQuestions
            if owed.isEmpty { return }
            guard reminders < Limits.reminders else { break }
            reminders += 1
            for (actor, question) in owed { schedule(actor.reads(question, scene, &random)) }
        }
        let open = history.handoffs.filter { $0.state == .open }.map {
            "\($0.team) owes \($0.slot.type) \($0.id)"
        }
        let busy = hosts.filter { !$0.isQuiet }.map { "\($0.name) is busy" }
        let full = queues.filter { !broker.isEmpty($0) }.map { "something lies in \($0)" }
        throw Violation(
            seed: seed, rule: Self.settles, what: (open + busy + full).joined(separator: "\n"),
            history: history)
    }

    private static let settles = NeverRule(
        "unsettled", "Once nothing goes wrong any more and teams answer properly, no case stays open.",
        .atRest { _ in nil })

    /// Sends back what only took its worker down by chance, and has what could not be done outside tried again, as an
    /// operator does; whether there was anything.
    private func redriveLetters() -> Bool {
        var isAnyRedriven = false
        for host in hosts {
            for letter in broker.take(QueueName.dead(host.name))
            where Self.redriven.contains(letter.properties.headers[.reason] ?? "") {
                let parcel = Parcel(.redrive, host.name.rawValue, letter.body)
                schedule([Errand(by: "operator", after: .zero, parcel, properties: letter.properties)])
                history.saw(.redrive)
                isAnyRedriven = true
            }
        }
        return isAnyRedriven
    }

    private static let redriven = [Trouble.Kind.crashLoop, .effect].map(\.rawValue)

    /// Whether nothing is under way and nobody has anything left to say or do.
    private var isAtRest: Bool { isSilent && nextEffect == nil }

    /// Whether nothing is under way; something may still have to be tried again outside.
    private var isSilent: Bool { errands.isEmpty && isWaiting }

    /// Whether nothing is under way among workers; people may still be about to say something.
    private var isWaiting: Bool { hosts.allSatisfy(\.isQuiet) && queues.allSatisfy(broker.isEmpty) }

    private var nextEffect: Timestamp? { hosts.compactMap(\.nextEffect).min() }

    /// A step of the calm; where nothing but a next try outside or the next word of people is waited for, as long as
    /// that takes, but never past many timers.
    private var calmPause: Duration {
        guard isWaiting else { return Limits.calmStep }
        let nextErrand = errands.map(\.at).min().map { $0 - clock.now.monotonic }
        let waits = [nextEffect.map { $0 - clock.now.wall }, nextErrand].compactMap { $0 }
        return max(Limits.calmStep, min(waits.min() ?? Limits.calmStep, Limits.longestCalmStep))
    }

    /// The queues that somebody reads.
    private var queues: [String] {
        hosts.map { QueueName.worker($0.name) } + scenario.teams.map { QueueName.team($0.team) }
    }

    /// The questions that teams were asked and did not answer well.
    private var owedQuestions: [(TeamActor, Envelope)] {
        history.handoffs.filter { $0.state == .open }.compactMap { row in
            guard let actor = scenario.teams.first(where: { $0.team == row.team }) else { return nil }
            let asked = history.publications(of: row.slot.type, in: row.slot.caseID).lazy
                .compactMap(\.question).first { $0.correlationID == row.id.rawValue }
            return asked.map { (actor, $0) }
        }
    }

    // MARK: One step

    private func step() throws(Violation) {
        runErrands()
        for actor in scenario.teams {
            for message in broker.take(QueueName.team(actor.team)) {
                guard let question = try? Envelope(parsing: message.body) else { continue }
                schedule(actor.reads(question, scene, &random))
            }
        }
        for host in hosts { host.step() }
        try requireNoViolation()
    }

    private var scene: TeamActor.Scene {
        TeamActor.Scene(now: clock.now.wall, isCalm: isCalm, history: history)
    }

    private func schedule(_ new: [Errand]) {
        errands += new.map { (clock.now.monotonic + $0.delay, $0) }
    }

    /// Publishes what is due; what the broker does not confirm is published again.
    private func runErrands() {
        let due = errands.filter { $0.at <= clock.now.monotonic }
        errands.removeAll { $0.at <= clock.now.monotonic }
        for (_, errand) in due {
            guard !broker.publish(errand.parcel, properties: errand.properties, by: errand.user) else {
                continue
            }
            errands.append((clock.now.monotonic + random.duration(Limits.resendMilliseconds), errand))
        }
    }

    private func requireNoViolation() throws(Violation) {
        guard let finding = auditor.finding else { return }
        throw Violation(seed: seed, rule: finding.rule, what: finding.what, history: history)
    }
}
