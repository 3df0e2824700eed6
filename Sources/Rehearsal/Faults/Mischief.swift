import Vocabulary

/// Everything that goes wrong in one history, drawn from its seed; of it, some may be left out to see whether the rest
/// suffices.
public final class Mischief {
    /// What goes wrong from now on.
    public var faults: Faults
    /// What went wrong so far, in order.
    private(set) var strikes: [Strike] = []
    /// Told each time.
    var onStrike: (Strike) -> Void = { _ in }
    private let seed: UInt64
    private let kept: Set<Strike>?
    private var lucks: [String: Luck] = [:]

    /// Draws from a seed.
    ///
    /// - Parameters:
    ///   - seed: what everything is drawn from.
    ///   - faults: what goes wrong.
    ///   - kept: all that may go wrong, if it is drawn; `nil` for everything.
    public init(seed: UInt64, faults: Faults, keeping kept: Set<Strike>? = nil) {
        self.seed = seed
        self.faults = faults
        self.kept = kept
    }

    /// What goes wrong at a place.
    func luck(of place: String) -> Luck {
        if let luck = lucks[place] { return luck }
        var digest = RunningDigest()
        digest.add("\(seed) \(place)")
        let luck = Luck(at: place, of: self, seed: digest.value)
        lucks[place] = luck
        return luck
    }

    fileprivate func admits(_ strike: Strike) -> Bool {
        guard kept?.contains(strike) ?? true else { return false }
        strikes.append(strike)
        onStrike(strike)
        return true
    }
}

/// What goes wrong at one place: a worker's machine, a queue, a user's program.
///
/// Every fault has a stream of its own there, so that leaving one out changes little of the others.
final class Luck {
    private let place: String
    private unowned let mischief: Mischief
    private var streams: [SeededGenerator]
    private var occasions: [String: Int] = [:]

    fileprivate init(at place: String, of mischief: Mischief, seed: UInt64) {
        self.place = place
        self.mischief = mischief
        var seeds = SeededGenerator(seed: seed)
        streams = Fault.allCases.map { _ in seeds.fork() }
    }

    /// What the details of a fault are drawn from.
    subscript(fault: Fault) -> SeededGenerator {
        get { streams[fault.rawValue] }
        set { streams[fault.rawValue] = newValue }
    }

    /// Whether a fault strikes now.
    func strikes(_ fault: Fault) -> Bool {
        self[fault].chance(mischief.faults[fault]) && admits("\(fault)")
    }

    /// Whether somebody may do something at will.
    func allows(_ deed: Deed) -> Bool { admits(deed.rawValue) }

    private func admits(_ what: String) -> Bool {
        occasions[what, default: 0] += 1
        return mischief.admits(Strike(what, at: place, occasions[what] ?? 0))
    }
}
