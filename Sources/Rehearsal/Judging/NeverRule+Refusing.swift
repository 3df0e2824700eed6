import Engine
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// What never happens to what people say that cannot be taken, in any process.
extension NeverRule {
    static let refusing = [refusedUntold, reusedForNothing]

    private static let refusedUntold = NeverRule(
        "refused-untold", "Nothing that somebody said is refused without their team being told.",
        .before { happening, history in
            guard case .committed(let changes, let worker) = happening else { return nil }
            for case .inbox(let row) in changes where row.verdict == .refused {
                guard let team = history.team(of: row.key.sender, for: worker) else { continue }
                let key = RoutingKey.handoff(to: team, from: worker)
                let isTold = changes.contains { change in
                    guard case .send(let message) = change, message.routingKey == key else { return false }
                    return message.refused == (row.key.reused ?? row.key).id
                }
                if !isTold { return "\(worker) refuses \(row.key), and does not tell \(team)" }
            }
            return nil
        })

    private static let reusedForNothing = NeverRule(
        "reused-for-nothing",
        "Nothing is refused for its id unless its sender said something else under it before.",
        .after { happening, history in
            guard case .committed(let changes, let worker) = happening else { return nil }
            for case .inbox(let row) in changes {
                guard let taken = row.key.reused else { continue }
                let before = history.committed(by: worker).inbox[taken]
                if before == nil || before?.digest == row.digest {
                    return
                        "\(worker) refuses \(row.key), but \(taken.sender) said nothing else as \(taken.id)"
                }
            }
            return nil
        })
}

extension Outgoing {
    /// The id of the message whose refusal this is; `nil` where it is none.
    fileprivate var refused: String? {
        guard exchange == Exchange.handoffs.rawValue,
            properties.type.flatMap({ MessageType(rawValue: $0) })?.name == Refusal.name
        else { return nil }
        return (try? Envelope(parsing: body))?.data["refused"]?.stringValue
    }
}

extension InboxKey {
    /// The key that another message had taken before this one came under its id, as the engine then tells them apart;
    /// `nil` where none had.
    var reused: InboxKey? {
        let mark = id.utf8.suffix(33)
        guard sender.isPerson, mark.count == 33, mark.first == UInt8(ascii: "#") else { return nil }
        return InboxKey(sender: sender, id: String(id[..<mark.startIndex]), redrive: redrive)
    }
}

extension Sender {
    /// Whether a user or a team said it, and no worker.
    var isPerson: Bool {
        switch self {
        case .user, .team: true
        case .worker, .timer, .effect: false
        }
    }
}
