import Engine
import LedgerMessages
import StrictJSON
import Vocabulary
import Wire

extension LetterRow {
    /// The ways back to the workers that take it; empty where nobody listens.
    func waysBack(in fleet: FleetOutline) -> [Redrive] {
        guard let redrive else { return [] }
        var properties = properties
        properties.headers = provenHeaders
        properties.headers[.attempts] = String(attempts)
        return takers(in: fleet).map { Redrive(properties, body, to: $0, number: redrive) }
    }

    /// Where it came from and what it belongs to, as it was read off: whatever else a publisher wrote stays behind.
    var provenHeaders: [Header: String] {
        var headers: [Header: String] = [.first: firstAt.rawValue]
        headers[.exchange] = exchange
        headers[.routingKey] = routingKey
        headers[.sender] = sender?.rawValue
        headers[.caseID] = caseID?.rawValue
        headers[.handoff] = handoff
        headers[.row] = rowKind
        return headers
    }

    /// Whom it goes to: whose letter it is; of what nobody heard, whoever listens by now.
    func takers(in fleet: FleetOutline) -> [WorkerName] {
        if let worker { return [worker] }
        guard let exchange, let routingKey else { return [] }
        return fleet.hearers(exchange: exchange, routingKey: routingKey)
    }

    /// Whether it is what people said, which alone can be edited.
    var isEditable: Bool {
        guard rowKind == nil, redrive != nil else { return false }
        switch sender {
        case .user, .team: return true
        case .worker, .timer, .effect: return false
        case nil: return exchange == Exchange.commands.rawValue
        }
    }

    /// As much of its id as names it.
    var shortID: String { String(id.prefix(Limits.shownIDCharacters)) }

    /// Why it cannot be sent back; `nil` where it can.
    func obstacle(in fleet: FleetOutline) -> String? {
        guard redrive != nil else {
            return
                "letter \(shortID) cannot be sent back: nothing is kept that could be tried again; discard it"
        }
        guard isWhole else {
            return
                "letter \(shortID) cannot be sent back: its body had \(sizeBytes) bytes, and only the beginning is "
                + "kept; have its sender send it anew, then discard it"
        }
        guard takers(in: fleet).isEmpty else { return nil }
        return
            "letter \(shortID) cannot be sent back: nobody listens to key \"\(routingKey ?? "")\" of exchange "
            + "\"\(exchange ?? "")\"; if that is right, install the worker and apply the topology, then send it back"
    }

    /// The ways back once an operator has written something else in its place.
    func ways(
        editedAs message: JSON, by user: UserName, in fleet: FleetOutline
    ) throws(Trouble) -> [Redrive] {
        guard isEditable else {
            let said = sender.map { "\($0) said" } ?? "nobody knows who said"
            throw Trouble(
                .rule,
                "only what people said can be edited: letter \(shortID) holds what \(said), which no worker could tell "
                    + "from a true fact")
        }
        if isWhole, let obstacle = obstacle(in: fleet) { throw Trouble(.rule, obstacle) }
        let whole = Redaction.restored(message, from: try? JSON(parsing: body))
        let bytes = whole.serialized().count
        guard bytes <= Limits.messageBytes else {
            throw Trouble(
                .tooLarge, "the message has \(bytes) bytes; a message has at most \(Limits.messageBytes)")
        }
        do throws(EnvelopeFault) {
            var ways: [Redrive] = []
            for way in waysBack(in: fleet) { ways.append(try way.edited(as: whole, by: user)) }
            return ways
        } catch { throw Trouble(.unreadable, error.description) }
    }
}
