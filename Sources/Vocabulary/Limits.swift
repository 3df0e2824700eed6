/// The bounds of this module, each with its reason.
enum Limits {
    /// Characters of a name: it stands in queue names and routing keys, which AMQP bounds at 255 bytes together.
    static let maxNameLength = 64

    /// Characters of a message's id: AMQP bounds a property at 255 bytes; ids in use (UUIDs, paths) stay below half.
    static let maxMessageIDLength = 128

    /// Characters of a person's name or address: longer than any real one, short enough for a line of a report.
    static let maxPersonLength = 200

    /// Characters of an email address, and of its part before the `@` (RFC 5321, 4.5.3.1).
    static let maxAddressLength = 254
    static let maxLocalPartLength = 64

    /// The highest version of a message type; a typing error is likelier than a ten-thousandth version.
    static let maxTypeVersion = 9999

    /// Types of messages that are remembered as read: a fleet has some dozens, and strangers must not fill memory.
    static let knownTypes = 256

    /// Changes, types or letters of a time zone's file: the richest has a few hundred.
    static let maxZoneEntries: Int64 = 10_000

    /// Units of an amount of money as text: sums of ninety thousand such amounts still fit 64 bits.
    static let maxMoneyUnits = 999_999_999_999

    /// Units of a business duration: a search by days or openings then takes milliseconds at most.
    static let maxDurationUnits = 10_000

    /// Seconds of an elapsed duration: thirty years, longer than any case.
    static let maxElapsedSeconds = 1_000_000_000

    /// Holidays of one calendar: a century of them; they also bound how far an opening is looked for.
    static let maxHolidays = 2_000

    /// Opening intervals of one weekday: nobody's day has more pauses.
    static let maxIntervalsADay = 12

    /// Weeks an always-open calendar is searched for a closing.
    static let maxWeeksSearched = 2
}
