public import Engine
import Vocabulary
import WorkerKit

/// Lets a test stand between a worker and its store and broker, to see whether a fault planted there is found.
public typealias Planting = (any Store, any Broker) -> (store: any Store, broker: any Broker)

/// The machine a worker runs on: its store outlives its runs, which crash, stop and begin again.
final class Host {
    let store = MemoryStore()
    private(set) var session: BrokerSession?
    private var world: RehearsedWorld?
    private let worker: RehearsedWorker
    private let scenario: Scenario
    /// Which edition of the directory the present run was given.
    private var edition = 0
    private let limits: Limits
    private let broker: MemoryBroker
    private let planting: Planting
    private let luck: Luck
    /// What is drawn besides what goes wrong.
    private var random: SeededGenerator
    private var run: (any Run)?
    private var crash = CrashSwitch()
    private var poisonedRuns = 0
    private var startsAt: Duration = .zero
    private var storeGoneUntil: Duration = .zero
    private var storeFullUntil: Duration = .zero
    private var stopsUntil: Duration?

    init(
        _ worker: RehearsedWorker, in scenario: Scenario, broker: MemoryBroker,
        planting: @escaping Planting, random: SeededGenerator
    ) {
        self.worker = worker
        self.scenario = scenario
        self.broker = broker
        self.planting = planting
        self.random = random
        luck = broker.mischief.luck(of: worker.declaration.name.rawValue)
        limits = Limits(drawnWith: &self.random)
        store.fault = { [unowned self] step throws(StoreError) in try use(step) }
    }

    var name: WorkerName { worker.declaration.name }
    private var now: Duration { broker.clock.now.monotonic }
    private var history: History { broker.history }

    /// Whether it runs, and has nothing left to do.
    var isQuiet: Bool {
        run?.isDrained == true && session?.isQuiet == true && world?.isQuiet == true && stopsUntil == nil
    }

    /// When something is to be done outside next; `nil` where nothing is.
    var nextEffect: Timestamp? { history.committed(by: name).nextEffect }

    /// When its next timer is due; `nil` where none is set.
    var nextTimer: Timestamp? { history.committed(by: name).nextTimer }

    /// Begins where nothing runs, and does one step; buries what crashed on the way.
    func step() {
        if run == nil, now >= startsAt { begin() }
        if run != nil, stopsUntil == nil, edition != scenario.edition(after: now) { stop() }
        guard let run else { return }
        run.step()
        if let point = crash.point {
            history.saw(.crash(point))
            history.record(.mishap("\(name) crashes: \(point)"))
            if luck.strikes(.crashLoop) { poisonedRuns = Rehearsal.Limits.poisonedRuns }
            leave()
        } else if let until = stopsUntil, run.isDrained || now >= until {
            if (try? run.end()) != nil { history.saw(.orderlyEnd) }
            leave()
        }
    }

    /// Suffers what goes wrong at this step.
    func sufferMishaps() {
        if luck.strikes(.connectionLoss) { session?.lose(for: outage(by: .connectionLoss)) }
        if luck.strikes(.worldBlocked) { world?.block(for: outage(by: .worldBlocked)) }
        if luck.strikes(.hold) { session?.hold(for: outage(by: .hold)) }
        if luck.strikes(.storeGone) {
            storeGoneUntil = now + outage(by: .storeGone)
            history.record(.mishap("the store of \(name) is gone until \(storeGoneUntil)"))
        }
        if luck.strikes(.storeFull) {
            storeFullUntil = now + outage(by: .storeFull)
            history.record(.mishap("the store of \(name) is full until \(storeFullUntil)"))
        }
        if luck.strikes(.orderlyRestart), stopsUntil == nil { stop() }
    }

    /// Nobody reaches the broker for a while.
    func loseBroker(for outage: Duration) { session?.lose(for: outage) }

    private func stop() {
        guard let run else { return }
        history.record(.mishap("\(name) is stopped"))
        run.stop()
        stopsUntil = now + Rehearsal.Limits.stopPatience
    }

    /// From now on nothing goes wrong by itself.
    func calm() {
        crash.disarm()
        poisonedRuns = 0
        (storeGoneUntil, storeFullUntil) = (.zero, .zero)
        session?.calm()
        world?.calm()
    }

    // MARK: Runs

    private func begin() {
        if poisonedRuns > 0 {
            poisonedRuns -= 1
            crash = .poisoned
        } else {
            crash = CrashSwitch(drawnBy: luck)
        }
        let session = BrokerSession(broker, worker: name, crash: crash)
        let world = RehearsedWorld(
            of: name, broker: broker, crash: crash, random: random.fork(), answer: worker.outside)
        let seams = planting(store, session)
        edition = scenario.edition(after: now)
        let directory = scenario.directory(ofEdition: edition)
        let stage = RehearsedWorker.Stage(
            store: seams.store, broker: seams.broker, clock: broker.clock, world: world,
            directory: directory, limits: limits, seed: random.next(),
            report: { [unowned self] report in note(report) })
        do {
            run = try worker.begin(stage)
            history.record(.began(name, directory))
            self.session = session
            self.world = world
        } catch {
            startsAt = now + outage()
        }
    }

    private func leave() {
        session?.close()
        world?.close()
        history.record(.left(name))
        session = nil
        world = nil
        run = nil
        stopsUntil = nil
        startsAt = now + outage()
    }

    private func outage() -> Duration { random.duration(Rehearsal.Limits.outageMilliseconds) }

    private func outage(by fault: Fault) -> Duration {
        luck[fault].duration(Rehearsal.Limits.outageMilliseconds)
    }

    // MARK: The store

    /// Plays what can happen to a store, and to whoever calls it.
    private func use(_ step: MemoryStore.Step) throws(StoreError) {
        guard crash.isAlive else { throw .unavailable("the process is gone") }
        switch step {
        case .using: try requireStore()
        case .committing:
            try requireStore()
            try requireRoom()
            guard crash.survives(.beforeCommit) else { throw .unavailable("the process is gone") }
        case .committed(let changes):
            history.record(.committed(changes, by: name))
            guard crash.survives(.afterCommit) else { throw .unavailable("the process is gone") }
            guard luck.strikes(.doubtfulCommit) else { return }
            history.saw(.doubtfulCommit)
            history.record(.mishap("\(name) does not hear that its commit took effect"))
            throw .unavailable("the answer to a commit was lost")
        }
    }

    private func requireStore() throws(StoreError) {
        guard now < storeGoneUntil else { return }
        throw .unavailable("the disk is gone")
    }

    private func requireRoom() throws(StoreError) {
        if now < storeFullUntil {
            history.saw(.storeFull)
            throw .unavailable("the disk is full")
        }
        guard luck.strikes(.storeBusy) else { return }
        history.saw(.storeBusy)
        throw .unavailable("the store is busy")
    }

    // MARK: What the worker reports

    private func note(_ report: Report) {
        guard crash.isAlive else { return }
        switch report {
        case .settled(let settled): history.saw(.outcome(settled.outcome, settled.trouble))
        case .storeGone: history.saw(.storeGone)
        case .storeBack: history.saw(.storeBack)
        case .outboxFull: history.saw(.outboxFull)
        case .takingAgain: history.saw(.takingAgain)
        case .cautious: history.saw(.cautiousStart)
        case .effectBlocked: history.saw(.effectBlocked)
        case .stranded: preconditionFailure("a rehearsal's broker refuses no row")
        }
    }
}

extension Limits {
    /// Small bounds, so that they are met: a history is short.
    fileprivate init(drawnWith random: inout SeededGenerator) {
        self.init()
        prefetch = Int.random(in: 1...20, using: &random)
        batch = Int.random(in: 1...10, using: &random)
        outbox = Int.random(in: 2...20, using: &random)
        inFlight = Int.random(in: 1...20, using: &random)
        confirmedRows = Int.random(in: 1...20, using: &random)
        earlyNotice = Rehearsal.Limits.earlyNotice
        noticePatience = .seconds(1)
    }
}
