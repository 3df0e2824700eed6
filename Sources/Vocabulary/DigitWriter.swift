/// Writes fixed forms such as dates.
struct DigitWriter {
    private var bytes: [UInt8] = []

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func put(_ character: Unicode.Scalar) { bytes.append(UInt8(ascii: character)) }

    /// A number that is not negative, with zeros in front up to a width.
    mutating func put(_ number: Int, digits width: Int) {
        if number >= 10 || width > 1 { put(number / 10, digits: width - 1) }
        bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
    }

    mutating func put(date: LocalDate) {
        let (year, month, day) = date.civil
        put(year, digits: 4)
        put("-")
        put(month, digits: 2)
        put("-")
        put(day, digits: 2)
    }

    /// Minutes since midnight as `03:50`.
    mutating func put(clockMinutes minutes: Int) {
        put(minutes / 60, digits: 2)
        put(":")
        put(minutes % 60, digits: 2)
    }
}
