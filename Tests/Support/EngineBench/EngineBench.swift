import Engine
import Rehearsal
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// An engine on its own: a store in memory, a clock moved by hand, and everything the engine says kept in order.
package final class EngineBench<W: Worker> {
    package private(set) var engine: Engine<W>
    /// Both clocks; `pass(_:)` moves them together.
    package var now = Moment(wall: .sample, monotonic: .seconds(1_000))
    /// Every commit that took effect, as the store saw it.
    package private(set) var commits: [[Change]] = []
    /// Everything the engine said.
    package private(set) var actions: [Action] = []
    /// Rows that were given to the broker.
    package private(set) var published: [OutboxRow] = []
    /// What the store does instead of what it is asked.
    package var fault: (MemoryStore.Step) throws(StoreError) -> Void = { _ in }

    private let memory: MemoryStore
    private let worker: W.Type
    private var directory: Directory
    private let limits: Limits
    private let seed: UInt64
    private var lastTag: UInt64 = 0

    /// Puts a worker on the bench; it has not begun yet.
    package init(
        _ worker: W.Type, store: MemoryStore = MemoryStore(), limits: Limits = Limits(), seed: UInt64 = 1
    ) throws {
        self.worker = worker
        memory = store
        self.limits = limits
        self.seed = seed
        directory = try .sample()
        engine = try Engine(worker, store: store, directory: directory, limits: limits, seed: seed)
        store.fault = { [unowned self] step throws(StoreError) in
            if case .committed(let changes) = step { commits.append(changes) }
            try fault(step)
        }
    }

    /// A worker that has begun and found an empty queue.
    package static func begun(
        _ worker: W.Type, store: MemoryStore = MemoryStore(), limits: Limits = Limits()
    ) throws -> EngineBench {
        let bench = try EngineBench(worker, store: store, limits: limits)
        bench.begin()
        return bench
    }

    /// The first call, and the consumer's registration.
    package func begin(backlog: Int = 0) {
        handle(.tick)
        handle(.consuming(backlog: backlog))
    }

    /// The process dies and another begins with what is in the store, and the same directory or another.
    package func restart(as seed: UInt64 = 2, with edited: Directory? = nil) throws {
        directory = edited ?? directory
        engine = try Engine(worker, store: store, directory: directory, limits: limits, seed: seed)
    }

    /// Tells the engine what happened, and keeps what it says.
    @discardableResult package func handle(_ input: Input) -> [Action] {
        let said = engine.handle(input, at: now)
        actions += said
        published += said.publishedRows
        return said
    }

    /// Hands messages over in one batch.
    @discardableResult package func deliver(_ posts: Post...) -> [Action] { deliver(posts) }

    /// Hands messages over in one batch.
    @discardableResult package func deliver(_ posts: [Post]) -> [Action] {
        handle(
            .delivered(
                posts.map { post in
                    lastTag += 1
                    return post.delivery(tag: lastTag)
                }))
    }

    /// The broker confirms everything that it was given and has not confirmed.
    package func confirmAll() {
        handle(.confirmed(published.map(\.number)))
        published.removeAll()
    }

    /// Time passes by both clocks, and the engine is told.
    @discardableResult package func pass(_ duration: Duration) -> [Action] {
        now = Moment(wall: now.wall + duration, monotonic: now.monotonic + duration)
        return handle(.tick)
    }

    /// What the worker keeps.
    package var store: any Store { memory }

    /// What the worker remembers of a case, as it is stored.
    package func memory(of id: CaseID) throws -> JSON? { try memory.caseRow(id)?.memory }
}

extension Timestamp {
    /// A Tuesday at ten.
    package static let sample = Timestamp(milliseconds: 1_772_532_000_000)
}
