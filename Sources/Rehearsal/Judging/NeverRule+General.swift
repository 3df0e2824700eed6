import Engine
import StrictJSON
import Vocabulary
import Wire
public import WorkerKit

/// What never happens in any process, whatever its workers do.
extension NeverRule {
    /// All of these.
    ///
    /// - Parameter workers: those that take part; their outlines say what their processes are.
    public static func general(for workers: [WorkerDeclaration]) -> [NeverRule] {
        let outlines = workers.flatMap(\.outlines)
        return [
            madeTwice, idReused, sentUncommitted, answeredTwice, decidedTwice, acknowledgedUndecided,
            withoutVerdict, appliedToNothing, unsent, unasked, straying(from: outlines, of: workers),
        ] + clock + handoffs + refusing + redriving + records + outside + ending(of: outlines)
            + withdrawing(from: outlines, of: workers)
    }

    private static let madeTwice = NeverRule(
        "made-twice", "One question, event or refusal is never made twice for one, under two ids.",
        .published { publication, history in
            guard let said = publication.statement else { return nil }
            let twin = history.publications(of: said.type, in: said.subject).first {
                guard let other = $0.statement, other.id != said.id else { return false }
                return $0.publisher == publication.publisher && other.data == said.data
                    && $0.parcel.routingKey == publication.parcel.routingKey && !said.mayRepeat(other)
            }
            return twin.map { "\(publication)\nwas said before by\n\($0)" }
        })

    private static let idReused = NeverRule(
        "id-reused", "One id never stands for two messages of a worker.",
        .published { publication, history in
            guard let said = publication.statement else { return nil }
            let other = history.statement(under: said.id, by: publication.publisher).flatMap {
                $0.parcel == publication.parcel ? nil : $0
            }
            return other.map { "\(publication)\nhas the id of\n\($0)" }
        })

    private static let sentUncommitted = NeverRule(
        "sent-uncommitted", "A worker's message never leaves before its turn is committed.",
        .published { publication, history in
            guard case .worker(let worker) = publication.publisher else { return nil }
            return history.committed(by: worker).sends(publication.parcel)
                ? nil : "\(publication)\nstands in no outbox"
        })

    private static let answeredTwice = NeverRule(
        "answered-twice",
        "A handoff that was answered or taken back never changes again, but by an amendment.",
        .before { happening, history in
            guard case .committed(let changes, let worker) = happening else { return nil }
            for case .handoff(let row) in changes {
                guard let before = history.committed(by: worker).handoff(row.id), before != row else {
                    continue
                }
                guard before.state == .answered || before.state == .revoked else { continue }
                if before.state == .answered, row.revision > before.revision { continue }
                return "\(row.slot.type) \(row.id) was \(before.state) and becomes \(row.state)"
            }
            return nil
        })

    private static let decidedTwice = NeverRule(
        "decided-twice", "A message never gets a second verdict, but an early one.",
        .before { happening, history in
            guard case .committed(let changes, let worker) = happening else { return nil }
            for case .inbox(let row) in changes {
                guard let before = history.committed(by: worker).inbox[row.key], before.verdict != .early
                else {
                    continue
                }
                return "\(row.key) was \(before.verdict) and becomes \(row.verdict)"
            }
            return nil
        })

    private static let acknowledgedUndecided = NeverRule(
        "acknowledged-undecided", "A delivery is never acknowledged before what became of it is committed.",
        .before { happening, history in
            guard case .acknowledged(let delivery, let worker) = happening else { return nil }
            let isDecided = history.publication(of: Parcel(delivery)).map {
                history.committed(by: worker).hasDecided($0)
            }
            return isDecided == true ? nil : happening.description
        })

    private static let withoutVerdict = NeverRule(
        "without-verdict", "No message that the broker took for a worker is left without a verdict.",
        .atRest { history in
            for publication in history.publications {
                for worker in history.workers where publication.queues.contains(QueueName.worker(worker)) {
                    guard history.committed(by: worker).hasDecided(publication) else {
                        return "\(publication)"
                    }
                }
            }
            return nil
        })

    private static let appliedToNothing = NeverRule(
        "applied-to-nothing", "No command is noted as applied whose case the worker does not know.",
        .atRest { history in
            for worker in history.workers {
                let committed = history.committed(by: worker)
                let commands = committed.inbox.values.filter { row in
                    guard case .user = row.key.sender, row.verdict == .applied else { return false }
                    return true
                }
                let lost = commands.sorted { $0.key < $1.key }.first { row in
                    row.caseID.map { !committed.cases.contains($0) } ?? false
                }
                if let lost { return "\(lost.key) was applied, but \(worker) knows no such case" }
            }
            return nil
        })

    private static let unasked = NeverRule(
        "unasked", "No handoff is open that its team was not asked.",
        .atRest { history in
            let asked = Set(history.publications.compactMap(\.question?.correlationID))
            let open = history.handoffs.first { $0.state == .open && !asked.contains($0.id.rawValue) }
            return open.map { "\($0.team) was never asked \($0.slot.type) \($0.id)" }
        })

    private static let unsent = NeverRule(
        "unsent", "Nothing that a worker committed to send is left unsent.",
        .atRest { history in
            for worker in history.workers {
                let lost = history.committed(by: worker).sends.first {
                    history.publication(of: Parcel($0)) == nil
                }
                if let lost { return "\(worker) never sent \(lost.exchange) \(lost.routingKey)" }
            }
            return nil
        })
}

extension Publication {
    /// What a worker says to the fleet or to a team; `nil` for what people say, and for dead letters, which
    /// repeat another's words.
    var statement: Envelope? {
        guard case .worker = publisher else { return nil }
        let isSaid =
            parcel.exchange == Exchange.events.rawValue || parcel.exchange == Exchange.handoffs.rawValue
        return isSaid ? envelope : nil
    }
}

extension Envelope {
    /// Whether a worker may say this and another message of the same words: a question again, which its redrives allow;
    /// what is said of a handoff, in each round of asking or for another; the refusals of two messages under an id that a
    /// third one has.
    fileprivate func mayRepeat(_ other: Envelope) -> Bool {
        if replyTo != nil { return correlationID == other.correlationID }
        switch TeamNotice.Kind(rawValue: type.name) {
        case .reminder, .escalation: return true
        case .revocation: return correlationID != other.correlationID
        case .notice: return false
        case nil: return data["reason"]?.stringValue == Trouble.Kind.idReused.rawValue
        }
    }
}
