import Engine
import LedgerMessages
import SQLiteStore
import StrictJSON
import Vocabulary
import Wire

extension LedgerStore {
    /// The last pulse of each worker.
    func pulses() throws(StoreError) -> [WorkerName: AskStatus.HeardPulse] {
        let pulses: [(WorkerName, AskStatus.HeardPulse)] = try file.read("read the pulses of") { session in
            try session.all("SELECT worker, received_at, body FROM pulses", []) { columns in
                let (worker, receivedAt): (WorkerName, Timestamp) = (try columns.value(), try columns.time())
                return (worker, .init(try columns.document(), receivedAt: receivedAt))
            }
        }
        return Dictionary(pulses) { $1 }
    }

    /// What happened to the workers' stores, the latest in front.
    func storeNews(since moment: Timestamp) throws(StoreError) -> [WorkerName: [AskStatus.StoreNews]] {
        let news: [(WorkerName, AskStatus.StoreNews)] = try file.read("read the stores of") { session in
            try session.all(
                "SELECT worker, kind, what, at FROM store_news WHERE at >= ? ORDER BY at DESC, kind",
                [.time(moment)]
            ) { columns in
                (
                    try columns.value(),
                    .init(try columns.word(), try columns.text(), at: try columns.time())
                )
            }
        }
        return Dictionary(grouping: news, by: \.0).mapValues { $0.map(\.1) }
    }
}

extension SQLSession {
    /// Keeps a worker's pulse, and notes what it tells of its store.
    func note(_ heard: AskStatus.HeardPulse, of worker: WorkerName) throws {
        try run(
            "INSERT OR REPLACE INTO pulses (worker, received_at, body) VALUES (?, ?, ?)", .value(worker),
            .time(heard.receivedAt), .json(JSON(encoding: heard.pulse)))
        let known = try all(KnownStore.select, [.value(worker)], KnownStore.init)
        let store = heard.pulse.store
        let before = known.first { $0.id == store.id }
        // One that came before, and is handed over again, tells nothing new.
        if let before, before.machineTime >= heard.pulse.machineTime { return }
        for news in StoreJudgement(heard, before: before, last: known.first).news {
            try run(
                "INSERT OR REPLACE INTO store_news (worker, kind, at, what) VALUES (?, ?, ?, ?)",
                .value(worker), .text(news.kind.rawValue), .time(news.at), .text(news.what))
        }
        try run(
            """
            INSERT OR REPLACE INTO stores (worker, id, made_at, number, machine_time, first_at, last_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """, .value(worker), .text(store.id), .time(store.madeAt), .integer(Int(store.number)),
            .time(heard.pulse.machineTime), .time(before?.firstAt ?? heard.receivedAt),
            .time(heard.receivedAt))
        let old = heard.receivedAt - Limits.storeNewsKept
        try run("DELETE FROM stores WHERE worker = ? AND last_at < ?", .value(worker), .time(old))
        try run("DELETE FROM store_news WHERE worker = ? AND at < ?", .value(worker), .time(old))
    }
}

/// A store that a worker was heard with.
private struct KnownStore {
    let id: String
    let madeAt: Timestamp
    let number: Int64
    let machineTime: Timestamp
    let firstAt: Timestamp
    let lastAt: Timestamp

    /// The one that was heard last in front.
    static let select = """
        SELECT id, made_at, number, machine_time, first_at, last_at FROM stores WHERE worker = ?
        ORDER BY place DESC
        """

    init(_ columns: inout Columns) throws {
        id = try columns.text()
        madeAt = try columns.time()
        number = try columns.integer()
        machineTime = try columns.time()
        firstAt = try columns.time()
        lastAt = try columns.time()
    }
}

/// What a pulse tells of a store, beside what was known.
private struct StoreJudgement {
    let heard: AskStatus.HeardPulse
    /// The same store as it was when it was heard before; `nil` where it never was.
    let before: KnownStore?
    /// The store that was heard last; `nil` where none ever was.
    let last: KnownStore?

    init(_ heard: AskStatus.HeardPulse, before: KnownStore?, last: KnownStore?) {
        self.heard = heard
        self.before = before
        self.last = last
    }

    var news: [AskStatus.StoreNews] { [restored, changed].compactMap(\.self) }

    private var restored: AskStatus.StoreNews? {
        guard let before, heard.pulse.store.number < before.number else { return nil }
        return AskStatus.StoreNews(
            .restored, "went back from number \(before.number) to \(heard.pulse.store.number)",
            at: heard.receivedAt)
    }

    private var changed: AskStatus.StoreNews? {
        let store = heard.pulse.store
        guard let last, last.id != store.id else { return nil }
        if let before, heard.receivedAt - before.lastAt <= Limits.storesAtOnce {
            let (older, newer) = (min(last.madeAt, store.madeAt), max(last.madeAt, store.madeAt))
            return AskStatus.StoreNews(
                .doubled, "are two at one time, made \(older) and \(newer)", at: heard.receivedAt)
        }
        // By one clock: the worker's may be ahead.
        let isNewer = before == nil && store.madeAt - heard.skew > last.firstAt
        return AskStatus.StoreNews(
            isNewer ? .emptied : .exchanged,
            isNewer
                ? "is another one, made empty \(store.madeAt)"
                : "is another one, made \(store.madeAt), than the one made \(last.madeAt)",
            at: heard.receivedAt)
    }
}
