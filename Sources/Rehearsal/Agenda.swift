import Vocabulary

/// Rows by key, and those with a time in the order of it; rows of one time go by key.
struct Agenda<Key: Hashable & Comparable, Row> {
    private var rows: [Key: Row] = [:]
    private var entries: [(at: Timestamp, key: Key)] = []
    private let time: (Row) -> Timestamp?

    /// An empty agenda of rows whose time is read so; `nil` where a row waits for none.
    init(time: @escaping (Row) -> Timestamp?) { self.time = time }

    var count: Int { rows.count }

    /// How many rows have a time.
    var timedCount: Int { entries.count }

    subscript(key: Key) -> Row? {
        get { rows[key] }
        set {
            if let at = rows[key].flatMap(time) { entries.remove(at: place(of: (at, key))) }
            if let at = newValue.flatMap(time) { entries.insert((at, key), at: place(of: (at, key))) }
            rows[key] = newValue
        }
    }

    /// The rows whose key is wanted, by key.
    func rows(where isWanted: (Key) -> Bool) -> [Row] {
        rows.keys.filter(isWanted).sorted().compactMap { rows[$0] }
    }

    /// Rows whose time has come, the earliest first.
    func due(at moment: Timestamp) -> some Sequence<Row> {
        entries.lazy.prefix { $0.at <= moment }.compactMap { rows[$0.key] }
    }

    /// The earliest time among the keys asked for.
    func next(where isWanted: (Key) -> Bool) -> Timestamp? {
        entries.first { isWanted($0.key) }?.at
    }

    /// Where an entry stands, or would stand.
    private func place(of entry: (at: Timestamp, key: Key)) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if (entries[middle].at, entries[middle].key) < entry { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
