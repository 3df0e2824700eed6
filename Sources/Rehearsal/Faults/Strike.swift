/// One thing that went wrong in a history, or that somebody did at will: what, where, and for the how-manieth time
/// there.
public struct Strike: Hashable, Sendable {
    let what: String
    let place: String
    let number: Int

    init(_ what: String, at place: String, _ number: Int) {
        self.what = what
        self.place = place
        self.number = number
    }
}

extension Strike: LosslessStringConvertible {
    /// As one word for a command line: `crash@cancellation#2`.
    public var description: String { "\(what)@\(place)#\(number)" }

    /// Reads it as it is written.
    public init?(_ description: String) {
        let parts = description.split(separator: "@", maxSplits: 1)
        guard parts.count == 2, let sign = parts[1].lastIndex(of: "#"),
            let number = Int(parts[1][sign...].dropFirst()), number > 0
        else { return nil }
        self.init(String(parts[0]), at: String(parts[1][..<sign]), number)
    }
}
