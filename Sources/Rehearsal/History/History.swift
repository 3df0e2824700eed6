public import Engine
public import Vocabulary

/// Everything that happened in one rehearsal, in order, and what each worker has committed because of it.
public final class History {
    /// What happened, and at which time of day.
    public private(set) var happenings: [(at: Timestamp, what: Happening)] = []
    /// The messages that the broker took, in order.
    public private(set) var publications: [Publication] = []
    /// A digest of all publications, their times and their order.
    public private(set) var digest = RunningDigest()
    /// What was seen besides.
    public private(set) var coverage = Coverage()

    private let clock: any Clock
    private let auditor: Auditor
    private var committed: [WorkerName: Committed] = [:]
    private var published: Set<Parcel> = []

    /// An empty history.
    ///
    /// - Parameters:
    ///   - clock: tells when what happens.
    ///   - auditor: judges everything as it happens.
    public init(clock: any Clock, auditor: Auditor = Auditor(rules: [])) {
        self.clock = clock
        self.auditor = auditor
    }

    /// What a worker has committed so far.
    public func committed(by worker: WorkerName) -> Committed { committed[worker] ?? Committed() }

    /// The workers that have committed anything, by name.
    public var workers: [WorkerName] { committed.keys.sorted() }

    /// Every handoff of every worker, as it stands.
    public var handoffs: [HandoffRow] { workers.flatMap { committed(by: $0).handoffs } }

    /// Whether the broker took this message, once or more often.
    public func isPublished(_ parcel: Parcel) -> Bool { published.contains(parcel) }

    /// Notes what happened; judged against the history before it, and with it.
    func record(_ happening: Happening) {
        auditor.judge(happening, before: self)
        happenings.append((clock.now.wall, happening))
        switch happening {
        case .published(let publication): note(publication)
        case .committed(let changes, let worker): note(changes, of: worker)
        case .acknowledged, .mishap: break
        }
        auditor.judge(happening, after: self)
    }

    func saw(_ sight: Sight) { coverage.note(sight) }

    private func note(_ publication: Publication) {
        publications.append(publication)
        published.insert(publication.parcel)
        digest.add("\(clock.now.wall.milliseconds) \(publication)\n")
        digest.add(publication.parcel.body)
    }

    private func note(_ changes: [Change], of worker: WorkerName) {
        for case .handoff(let row) in changes {
            let before = committed[worker]?.handoff(row.id)
            if row.state == .held { saw(.gateHeld) }
            if before?.state == .held, row.state == .open { saw(.gateOpened) }
        }
        committed[worker, default: Committed()].apply(changes)
    }
}
