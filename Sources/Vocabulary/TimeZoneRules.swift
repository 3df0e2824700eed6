/// A time zone's offsets, by its name in the IANA database.
struct TimeZoneRules: Sendable {
    let name: String
    private let zone: ZoneFile

    /// Takes `UTC` or a name such as `Europe/Berlin`; `nil` for one unknown, and for abbreviations such as `EST`,
    /// which say nothing about daylight saving.
    init?(name: String) {
        guard let zone = name == "UTC" ? .utc : name.contains("/") ? ZoneFile.named(name) : nil else {
            return nil
        }
        self.name = name
        self.zone = zone
    }

    static let knownNames = ZoneFile.names + ["UTC"]

    /// Milliseconds that local time is ahead of UTC.
    private func offset(at milliseconds: Int64) -> Int64 {
        zone.offset(at: milliseconds.floorDivided(by: 1000)) * 1000
    }

    /// The clock on the wall: the day, and milliseconds since its local midnight.
    func wallTime(at moment: Timestamp) -> (day: LocalDate, milliseconds: Int64) {
        let local = moment.milliseconds + offset(at: moment.milliseconds)
        return (LocalDate(dayNumber: Int(local.floorDivided(by: Self.day))), local.modulo(Self.day))
    }

    /// The moment the clock on the wall shows a time.
    ///
    /// A time that comes twice, when clocks go back, is its first coming; one that is skipped is the moment of the
    /// skip. So the order of local times is the order of moments.
    func moment(on date: LocalDate, milliseconds: Int64) -> Timestamp {
        let local = Int64(date.dayNumber) * Self.day + milliseconds
        // Offsets are below a day, and no zone changes its twice within two.
        let (before, after) = (offset(at: local - Self.day), offset(at: local + Self.day))
        if local - before + offset(at: local - before) == local || before == after {
            return Timestamp(milliseconds: local - before)
        }
        if local - after + offset(at: local - after) == local {
            return Timestamp(milliseconds: local - after)
        }
        return transition(between: local - max(before, after), and: local - min(before, after), from: before)
    }

    /// The first moment at which the offset is no longer `before`.
    private func transition(between start: Int64, and end: Int64, from before: Int64) -> Timestamp {
        var (low, high) = (start, end)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if offset(at: middle) == before { low = middle } else { high = middle }
        }
        return Timestamp(milliseconds: high)
    }

    static let day: Int64 = 86_400_000
}

extension TimeZoneRules: Equatable {
    static func == (left: TimeZoneRules, right: TimeZoneRules) -> Bool { left.name == right.name }
}
