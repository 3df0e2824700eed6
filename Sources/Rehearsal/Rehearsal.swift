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
    private let mischief: Mischief
    private let auditor: Auditor
    private let clock: VirtualClock
    private let broker: MemoryBroker
    private let hosts: [Host]
    /// What is drawn for the fleet as a whole.
    private let luck: Luck
    private var random: SeededGenerator
    private var errands: [(at: Duration, errand: Errand)] = []
    private var letters: Letters
    private var isCalm = false

    /// Sets a history up.
    ///
    /// - Parameters:
    ///   - scenario: what is rehearsed.
    ///   - seed: what everything is drawn from.
    ///   - faults: what goes wrong in the first phase.
    ///   - kept: all that may go wrong, if the seed draws it; `nil` for everything.
    ///   - planting: a fault of a test's own between workers and their seams.
    public init(
        _ scenario: Scenario, seed: UInt64, faults: Faults = .rough, keeping kept: Set<Strike>? = nil,
        planting: @escaping Planting = { ($0, $1) }
    ) {
        self.scenario = scenario
        self.seed = seed
        let mischief = Mischief(seed: seed, faults: faults, keeping: kept)
        var random = SeededGenerator(seed: seed)
        let declarations = scenario.workers.map(\.declaration)
        let auditor = Auditor(rules: NeverRule.general(for: declarations) + scenario.rules)
        let clock = VirtualClock(wall: scenario.start)
        let history = History(clock: clock, auditor: auditor)
        let broker = MemoryBroker(
            bindings: Binding.all(of: declarations, in: scenario.directory), clock: clock, history: history,
            mischief: mischief)
        hosts = scenario.workers.map {
            Host($0, in: scenario, broker: broker, planting: planting, random: random.fork())
        }
        letters = Letters(mends: scenario.mends)
        self.auditor = auditor
        self.clock = clock
        self.history = history
        self.broker = broker
        self.mischief = mischief
        self.random = random
        luck = mischief.luck(of: "fleet")
        mischief.onStrike = { [unowned history] in history.record(.mishap("\($0)")) }
    }

    /// Plays the history to its end.
    ///
    /// - Throws: ``Violation`` at the first rule that is broken.
    public func run() throws(Violation) {
        schedule(
            scenario.people(clock.now.wall, &random).filter { mischief.luck(of: $0.user).allows(.errand) })
        var steps = 0
        while steps < scenario.pace.steps || clock.now.monotonic < scenario.pace.time {
            guard steps < Limits.mostRoughSteps else { throw unsettled }
            steps += 1
            try step()
            sufferMishaps()
            readLetters()
            passRoughTime()
        }
        isCalm = true
        mischief.faults = .none
        broker.calm()
        for host in hosts { host.calm() }
        try settle()
    }

    // MARK: The two phases

    private func sufferMishaps() {
        for host in hosts { host.sufferMishaps() }
        guard luck.strikes(.brokerGone) else { return }
        let outage = luck[.brokerGone].duration(scenario.pace.brokerGone)
        broker.leave(for: outage)
        for host in hosts { host.loseBroker(for: outage) }
    }

    private func passRoughTime() {
        clock.advance(by: roughPause)
        guard luck.strikes(.clockJump) else { return }
        let jump = luck[.clockJump].duration(Limits.clockJumpMilliseconds)
        clock.setWall(by: Bool.random(using: &luck[.clockJump]) ? jump : .zero - jump)
        history.saw(.clockJump)
        history.record(.mishap("the clock is set to \(clock.now.wall)"))
    }

    private var roughPause: Duration {
        let isLong = random.chance(scenario.pace.longSteps)
        let step = random.duration(isLong ? Limits.longStepMilliseconds : Limits.stepMilliseconds)
        if random.chance(scenario.pace.leap) { return random.duration(Limits.leapMilliseconds) }
        guard scenario.pace.followsEvents, isWaiting || broker.isGone else { return step }
        let leap = random.duration(Limits.leapMilliseconds)
        return max(step, min(untilNext ?? leap, leap))
    }

    /// Lets everything come to rest, again and again: teams answer when their clocks remind them, and operators see to
    /// letters, until nothing is open any more.
    private func settle() throws(Violation) {
        var leaps = 0
        for _ in 0..<Limits.calmSteps {
            try step()
            guard isAtRest else {
                clock.advance(by: calmPause)
                continue
            }
            readLetters()
            guard errands.isEmpty else { continue }
            guard hosts.map({ QueueName.dead($0.name) }).allSatisfy(broker.isEmpty) else {
                // A letter is still on its way.
                clock.advance(by: Limits.calmStep)
                continue
            }
            auditor.judgeAtRest(history)
            try requireNoViolation()
            sendBack(letters.takeStuck())
            guard errands.isEmpty else { continue }
            guard let wait = untilTimer else {
                guard history.handoffs.allSatisfy({ $0.state != .open }) else { break }
                return
            }
            leaps += 1
            guard leaps < Limits.leaps else { break }
            clock.advance(by: wait)
        }
        throw unsettled
    }

    private var unsettled: Violation {
        let open = history.handoffs.filter { $0.state == .open }.map {
            "\($0.team) owes \($0.slot.type) \($0.id)"
        }
        let busy = hosts.filter { !$0.isQuiet }.map { "\($0.name) is busy" }
        let full = queues.filter { !broker.isEmpty($0) }.map { "something lies in \($0)" }
        return violation(of: Self.settles, (open + busy + full).joined(separator: "\n"))
    }

    private static let settles = NeverRule(
        "unsettled", "Once nothing goes wrong any more and teams answer properly, no case stays open.",
        .atRest { _ in nil })

    /// Has an operator see to letters: in the calm at once to what holds a case up, before now and then, soon or late,
    /// once or more often.
    private func readLetters() {
        for host in hosts {
            for letter in broker.take(QueueName.dead(host.name)) { letters.add(letter, of: host.name) }
        }
        let isAllowed = mischief.luck(of: Letters.operator.rawValue)
        sendBack(
            isCalm
                ? letters.takeFailed()
                : letters.drawSome(at: clock.now.wall, &random).filter { _ in isAllowed.allows(.redrive) })
    }

    private func sendBack(_ redriven: [Errand]) {
        for sight in redriven.flatMap(\.properties.sights) { history.saw(sight) }
        schedule(redriven)
    }

    /// Whether nothing is under way and nobody has anything left to say or do, up to the next timer.
    private var isAtRest: Bool {
        guard errands.isEmpty, isWaiting, nextEffect == nil else { return false }
        return untilTimer.map { $0 > .zero } ?? true
    }

    /// Whether nothing is under way among workers; people may still be about to say something, or time to.
    private var isWaiting: Bool { hosts.allSatisfy(\.isQuiet) && queues.allSatisfy(broker.isEmpty) }

    private var nextEffect: Timestamp? { hosts.compactMap(\.nextEffect).min() }

    private var untilTimer: Duration? { hosts.compactMap(\.nextTimer).min().map { $0 - clock.now.wall } }

    /// How long it is until somebody says something or something is due by the clock.
    private var untilNext: Duration? {
        let errand = errands.map(\.at).min().map { $0 - clock.now.monotonic }
        let edit = scenario.edits.map(\.after).first { $0 > clock.now.monotonic }.map {
            $0 - clock.now.monotonic
        }
        let next = [errand, edit, nextEffect.map { $0 - clock.now.wall }, untilTimer].compactMap { $0 }
        guard broker.isGone else { return next.min() }
        // What is due already waits for the broker.
        return (next.filter { $0 > .zero } + [broker.goneUntil - clock.now.monotonic]).min()
    }

    /// A step of the calm; where nothing is under way, up to what comes next.
    private var calmPause: Duration {
        isWaiting ? max(Limits.calmStep, untilNext ?? .zero) : Limits.calmStep
    }

    /// The queues that somebody reads.
    private var queues: [String] {
        hosts.map { QueueName.worker($0.name) } + scenario.teams.map { QueueName.team($0.team) }
    }

    // MARK: One step

    private func step() throws(Violation) {
        runErrands()
        for actor in scenario.teams {
            for message in broker.take(QueueName.team(actor.team)) {
                guard let question = try? Envelope(parsing: message.body) else { continue }
                var own = random.fork()
                schedule(actor.reads(question, scene(for: actor.team), &own))
            }
        }
        for host in hosts { host.step() }
        try requireNoViolation()
    }

    /// What a team looks at; one that may not do as it likes behaves as everyone does in the calm.
    private func scene(for team: Team) -> TeamActor.Scene {
        TeamActor.Scene(
            now: clock.now.wall, isCalm: isCalm || !mischief.luck(of: team.rawValue).allows(.manner),
            pace: scenario.pace, history: history)
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
            let soonest = max(clock.now.monotonic, broker.goneUntil)
            errands.append((soonest + random.duration(Limits.resendMilliseconds), errand))
        }
    }

    private func requireNoViolation() throws(Violation) {
        guard let finding = auditor.finding else { return }
        throw violation(of: finding.rule, finding.what)
    }

    private func violation(of rule: NeverRule, _ what: String) -> Violation {
        Violation(seed: seed, rule: rule, what: what, strikes: mischief.strikes, history: history)
    }
}
