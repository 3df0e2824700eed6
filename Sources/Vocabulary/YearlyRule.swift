/// How a zone's offset changes every year, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct YearlyRule: Sendable {
    /// Seconds ahead of UTC out of season.
    private let standard: Int64
    /// Seconds ahead of UTC in season, where there is one, and the season's ends.
    private let season: (offset: Int64, start: Change, end: Change)?

    /// Seconds that local time is ahead of UTC. No country's change is so close to a new year that it falls into another.
    func offset(at seconds: Int64) -> Int64 {
        guard let season else { return standard }
        let year = LocalDate(dayNumber: Int((seconds + standard).floorDivided(by: 86_400))).year
        let start = season.start.seconds(in: year) - standard
        let end = season.end.seconds(in: year) - season.offset
        let isIn =
            start < end ? (start..<end).contains(seconds) : !(end..<start).contains(seconds)
        return isIn ? season.offset : standard
    }

    /// A day of each year, and a time on the wall's clock as it goes until then.
    private struct Change {
        enum Day {
            /// The first to fourth weekday of a month, or the last one, 5; 0 is Sunday.
            case weekday(month: Int, week: Int, weekday: Int)
            /// The day of the year from 1, of one that has no leap day.
            case common(Int)
            /// The day of the year from 0.
            case number(Int)
        }
        let day: Day
        /// Seconds since midnight; may be negative, or of another day.
        let time: Int64

        /// The moment in a year, in seconds of local time since 1970.
        func seconds(in year: Int) -> Int64 {
            Int64(dayNumber(in: year)) * 86_400 + time
        }

        private func dayNumber(in year: Int) -> Int {
            let first = Self.first(of: 1, year)
            switch day {
            case .number(let day): return first + day
            case .common(let day):
                let isLeap = Self.first(of: 3, year) - Self.first(of: 2, year) == 29
                return first + day - (isLeap && day >= 60 ? 0 : 1)
            case .weekday(let month, let week, let weekday):
                let first = Self.first(of: month, year)
                let next = month == 12 ? Self.first(of: 1, year + 1) : Self.first(of: month + 1, year)
                // 1 January 1970 was a Thursday.
                let day = first + (weekday - first - 4).modulo(7) + (week - 1) * 7
                return day < next ? day : day - 7
            }
        }

        private static func first(of month: Int, _ year: Int) -> Int {
            LocalDate(year: min(max(year, 1), 9999), month: month, day: 1)?.dayNumber ?? 0
        }
    }
}

// MARK: - Text

extension YearlyRule {
    /// Takes the text; `nil` if it is none.
    init?(_ text: String) {
        var reader = Reader(rest: Substring(text))
        guard reader.skipName(), let west = reader.time(atMost: 24) else { return nil }
        standard = -west
        guard !reader.rest.isEmpty else {
            season = nil
            return
        }
        guard reader.skipName() else { return nil }
        var offset = standard + 3600
        if reader.rest.first != "," {
            guard let west = reader.time(atMost: 24) else { return nil }
            offset = -west
        }
        guard let start = reader.change(), let end = reader.change(), reader.rest.isEmpty else { return nil }
        season = (offset, start, end)
    }

    private struct Reader {
        var rest: Substring

        mutating func take(_ character: Character) -> Bool {
            guard rest.first == character else { return false }
            rest.removeFirst()
            return true
        }

        /// Letters, or anything in angle brackets.
        mutating func skipName() -> Bool {
            if take("<") {
                guard let end = rest.firstIndex(of: ">") else { return false }
                rest = rest[rest.index(after: end)...]
                return true
            }
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest[name.endIndex...]
            return name.count >= 3
        }

        mutating func number(_ range: ClosedRange<Int>) -> Int? {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            rest = rest[digits.endIndex...]
            return Int(digits).flatMap { range.contains($0) ? $0 : nil }
        }

        /// Hours, and minutes and seconds if they are there, in seconds.
        mutating func time(atMost most: Int) -> Int64? {
            let sign: Int64 = take("-") ? -1 : 1
            if sign > 0 { _ = take("+") }
            guard let hours = number(0...most) else { return nil }
            var seconds = Int64(hours) * 3600
            for unit: Int64 in [60, 1] where take(":") {
                guard let count = number(0...59) else { return nil }
                seconds += Int64(count) * unit
            }
            return sign * seconds
        }

        mutating func change() -> Change? {
            guard take(","), let day = day() else { return nil }
            guard take("/") else { return Change(day: day, time: 7200) }
            return time(atMost: 167).map { Change(day: day, time: $0) }
        }

        private mutating func day() -> Change.Day? {
            if take("J") { return number(1...365).map { .common($0) } }
            guard take("M") else { return number(0...365).map { .number($0) } }
            guard let month = number(1...12), take("."), let week = number(1...5), take("."),
                let weekday = number(0...6)
            else { return nil }
            return .weekday(month: month, week: week, weekday: weekday)
        }
    }
}
