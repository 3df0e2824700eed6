import Engine
import StrictJSON
import Vocabulary
import Wire

/// The dead letters that an operator has found, and what becomes of them: each is sent back once the calm has come, and
/// some before: soon or late, once or twice, after a trial, edited, or moved by an administrator's own tools.
struct Letters {
    static let `operator`: UserName = "operator"

    private let mends: (Parcel, Timestamp) -> JSON?
    private var found: [FoundLetter] = []
    private var trials = 0

    init(mends: @escaping (Parcel, Timestamp) -> JSON?) { self.mends = mends }

    /// Takes a letter that can be sent back.
    mutating func add(_ letter: QueuedMessage, of worker: WorkerName) {
        if let letter = FoundLetter(letter, of: worker) { found.append(letter) }
    }

    /// Sends some of the new letters back, and keeps all.
    mutating func drawSome(at now: Timestamp, _ random: inout SeededGenerator) -> [Errand] {
        var errands: [Errand] = []
        for index in found.indices where found[index].isNew {
            found[index].isNew = false
            let letter = found[index]
            if random.chance(300) {
                trials += 1
                errands.append(errand(letter.redrive.trial(for: "trial-\(trials)"), soonOrLate(&random)))
            }
            guard random.chance(letter.isHopeless ? 300 : 600) else { continue }
            let message = sentBack(letter, at: now, &random)
            for _ in 0..<(random.chance(400) ? 2 : 1) { errands.append(errand(message, soonOrLate(&random))) }
        }
        return errands
    }

    /// Sends every letter back that may do better and names no stuck handoff: messages, and effects that failed.
    mutating func takeFailed() -> [Errand] {
        // An event that is still early would be so again, as often as it is asked.
        found.removeAll { $0.isHopeless || $0.isOfEarlyEvent }
        return take { !$0.isOfStuckHandoff }
    }

    /// Sends the letters of stuck handoffs back, whatever has become of those by now.
    mutating func takeStuck() -> [Errand] { take(where: \.isOfStuckHandoff) }

    private mutating func take(where isTaken: (FoundLetter) -> Bool) -> [Errand] {
        defer { found.removeAll(where: isTaken) }
        return found.filter(isTaken).map { errand($0.redrive.message, .zero) }
    }

    private func sentBack(
        _ letter: FoundLetter, at now: Timestamp, _ random: inout SeededGenerator
    ) -> Outgoing {
        if letter.isHopeless, let meant = mends(letter.asItCame, now),
            let edited = try? letter.redrive.edited(as: meant, by: Self.operator)
        {
            return edited.message
        }
        return random.chance(300) ? letter.moved : letter.redrive.message
    }

    private func soonOrLate(_ random: inout SeededGenerator) -> Duration {
        let isWatchful = random.chance(300)
        return random.duration(
            isWatchful
                ? Rehearsal.Limits.watchfulMilliseconds : Rehearsal.Limits.operatorMilliseconds)
    }

    private func errand(_ message: Outgoing, _ delay: Duration) -> Errand {
        Errand(by: Self.operator.rawValue, after: delay, message)
    }
}

/// A letter as an operator finds it.
private struct FoundLetter {
    /// Its way back by the ledger.
    let redrive: Redrive
    /// Its way back by an administrator, with everything that stands on it.
    let moved: Outgoing
    /// Nobody has thought about it yet.
    var isNew = true

    /// Takes one that has a number; one that can only die again is left once it was sent back often enough.
    init?(_ letter: QueuedMessage, of worker: WorkerName) {
        guard let number = letter.properties.headers[.redrive].flatMap({ Int($0) }) else { return nil }
        redrive = Redrive(letter.properties, letter.body, to: worker, number: number)
        moved = Outgoing(
            exchange: .redrive, routingKey: worker.rawValue, properties: letter.properties, body: letter.body)
        if isHopeless, number > Rehearsal.Limits.hopelessRedrives { return nil }
    }

    private var headers: [Header: String] { moved.properties.headers }

    /// Whether it would die again as it is: what only took its worker down by chance may not.
    var isHopeless: Bool {
        headers[.row] == nil && headers[.reason] != Trouble.Kind.crashLoop.rawValue
    }

    var isOfEarlyEvent: Bool { headers[.reason] == Trouble.Kind.overdueEarly.rawValue }
    var isOfStuckHandoff: Bool { headers[.reason] == Trouble.Kind.stuck.rawValue }

    /// What it holds, as it was published first.
    var asItCame: Parcel {
        Parcel(Exchange(rawValue: headers[.exchange] ?? "") ?? .dead, headers[.routingKey] ?? "", moved.body)
    }
}

extension MessageProperties {
    /// In which ways a letter is sent back that carries these; in none by a trial.
    var sights: [Sight] {
        if headers[.trial] != nil { return [] }
        var sights: [Sight] = [.redrive]
        if headers[.letter] != nil { sights.append(.moved) }
        if headers[.row] == "early" { sights.append(.earlyRedriven) }
        if headers[.sender] == Sender.user(Letters.operator).rawValue { sights.append(.edited) }
        return sights
    }
}
