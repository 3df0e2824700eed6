internal import ArgumentParser
internal import Vocabulary

/// A moment as the command line has it: so long ago, or when.
enum Age: Equatable, ExpressibleByArgument {
    case ago(Duration)
    case at(Timestamp)

    /// Reads `90s`, `15m`, `2h`, `3d`, `1w`, or an RFC 3339 time.
    init?(argument: String) {
        if let moment = Timestamp(rawValue: argument) {
            self = .at(moment)
        } else if let unit = argument.last.flatMap({ Self.seconds[$0] }),
            let count = Int(argument.dropLast()),
            (0...Limits.oldestCount).contains(count)
        {
            self = .ago(.seconds(count * unit))
        } else {
            return nil
        }
    }

    private static let seconds: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]

    /// The moment; `now` is asked only where it counts.
    func moment(now: () throws -> Timestamp) rethrows -> Timestamp {
        switch self {
        case .ago(let duration): try now() - duration
        case .at(let moment): moment
        }
    }
}
