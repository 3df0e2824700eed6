internal import FoundationEssentials

/// One zone of the machine's IANA database: when its offset changes, and how it goes on after that (RFC 8536).
///
/// Foundation has a database as well, of the age of its toolchain, and costs a worker ten megabytes; the machine's is kept
/// up to date with the machine.
struct ZoneFile: Sendable {
    /// When the offset changes, in seconds since 1970, in order.
    private let moments: [Int64]
    /// Seconds ahead of UTC: before the first moment, then from each on.
    private let offsets: [Int64]
    /// How it goes on after the last moment; `nil` where it stays as it is.
    private let rule: YearlyRule?

    /// The one zone that is there without a database.
    static let utc = ZoneFile(moments: [], offsets: [0], rule: nil)

    private init(moments: [Int64], offsets: [Int64], rule: YearlyRule?) {
        (self.moments, self.offsets, self.rule) = (moments, offsets, rule)
    }

    /// Seconds that local time is ahead of UTC.
    func offset(at seconds: Int64) -> Int64 {
        if let last = moments.last, seconds < last {
            var (low, high) = (0, moments.count)
            while low < high {
                let middle = (low + high) / 2
                if moments[middle] <= seconds { low = middle + 1 } else { high = middle }
            }
            return offsets[low]
        }
        return rule?.offset(at: seconds) ?? offsets[moments.count]
    }
}

// MARK: - The database

extension ZoneFile {
    /// Debian's package `tzdata`.
    private static let folder = "/usr/share/zoneinfo"

    /// Copies of the whole database, one of which counts leap seconds.
    private static let copies: Set = ["posix", "right"]

    /// The zone of that name; `nil` where there is none.
    static func named(_ name: String) -> ZoneFile? {
        guard isName(name), let bytes = try? Data(contentsOf: URL(filePath: "\(folder)/\(name)")) else {
            return nil
        }
        return ZoneFile(Array(bytes))
    }

    /// The names of all zones of places, as they were when they were first asked for.
    static let names: [String] = {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        let folders = Set(paths.map { $0.prefix(upTo: $0.lastIndex(of: "/") ?? $0.startIndex) })
        return paths.filter { $0.contains("/") && isName($0) && !folders.contains($0[...]) }.sorted()
    }()

    /// Whether it is a name at all, and no way to another file.
    private static func isName(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return !copies.contains(String(parts[0]))
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.utf8.allSatisfy { byte in
                        switch byte {
                        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
                            UInt8(ascii: "+"):
                            true
                        default: false
                        }
                    }
            }
    }
}

// MARK: - The format

extension ZoneFile {
    /// Reads a file of version 2 or later; `nil` for anything else.
    init?(_ bytes: [UInt8]) {
        var reader = Reader(rest: bytes[...])
        // Everything stands there twice: for readers of 32 bits first.
        guard let old = Counts(&reader), old.version >= UInt8(ascii: "2"),
            reader.take(old.length(ofTime: 4)) != nil, let counts = Counts(&reader), counts.types > 0
        else { return nil }
        var moments: [Int64] = []
        for _ in 0..<counts.moments {
            guard let moment = reader.integer(8), moments.last.map({ $0 < moment }) ?? true else {
                return nil
            }
            moments.append(moment)
        }
        guard let kinds = reader.take(counts.moments) else { return nil }
        var types: [Int64] = []
        for _ in 0..<counts.types {
            guard let offset = reader.integer(4), abs(offset) < 86_400, reader.take(2) != nil else {
                return nil
            }
            types.append(offset)
        }
        guard kinds.allSatisfy({ $0 < types.count }), reader.take(counts.restLength(ofTime: 8)) != nil,
            let footer = reader.line()
        else { return nil }
        let rule = footer.isEmpty ? nil : YearlyRule(footer)
        guard footer.isEmpty || rule != nil else { return nil }
        self.init(moments: moments, offsets: [types[0]] + kinds.map { types[Int($0)] }, rule: rule)
    }

    /// What a header says of the data after it.
    private struct Counts {
        let version: UInt8
        let moments: Int
        let types: Int
        private let letters: Int
        private let leaps: Int
        private let flags: Int

        init?(_ reader: inout Reader) {
            guard reader.take(4).map({ $0.elementsEqual("TZif".utf8) }) == true,
                let version = reader.take(1)?.first, reader.take(15) != nil
            else { return nil }
            var counts: [Int] = []
            for _ in 0..<6 {
                guard let count = reader.integer(4), (0...Limits.maxZoneEntries).contains(count) else {
                    return nil
                }
                counts.append(Int(count))
            }
            self.version = version
            (flags, leaps, moments, types, letters) = (
                counts[0] + counts[1], counts[2], counts[3], counts[4], counts[5]
            )
        }

        /// Bytes of all the data, by those of a moment.
        func length(ofTime bytes: Int) -> Int {
            moments * (bytes + 1) + types * 6 + restLength(ofTime: bytes)
        }

        /// Bytes after the types: their letters, leap seconds, and how they were written down.
        func restLength(ofTime bytes: Int) -> Int { letters + leaps * (bytes + 4) + flags }
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard rest.count >= count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }

        /// A number of that many bytes, the highest first.
        mutating func integer(_ count: Int) -> Int64? {
            guard let bytes = take(count) else { return nil }
            let bits = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return Int64(bitPattern: bits << (64 - 8 * UInt64(count))) >> (64 - 8 * Int64(count))
        }

        /// What stands between two ends of line.
        mutating func line() -> String? {
            let end = UInt8(ascii: "\n")
            guard take(1)?.first == end, let last = rest.firstIndex(of: end) else { return nil }
            return String(validating: rest[..<last], as: UTF8.self)
        }
    }
}
