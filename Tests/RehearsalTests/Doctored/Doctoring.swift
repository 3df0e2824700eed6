import CancellationMessages
import Engine
import NotifierMessages
import OrderingMessages
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

@testable import Rehearsal

/// A way to tell a good history wrongly, so that one rule is broken by it.
struct Doctoring {
    /// The rule that must be broken.
    let rule: String
    /// What becomes of each happening, in order.
    let tell: (Happening) -> [Happening]

    /// Some happenings are told otherwise.
    init(_ rule: String, _ tell: @escaping (Happening) -> [Happening]) {
        self.rule = rule
        self.tell = tell
    }

    /// A message is told otherwise, wherever it is told.
    init(_ rule: String, of type: MessageType, _ tell: @escaping (Publication) -> [Publication]) {
        self.init(rule) { happening in
            guard case .published(let publication) = happening, publication.envelope?.type == type else {
                return [happening]
            }
            return tell(publication).map(Happening.published)
        }
    }

    /// Some changes are never committed.
    init(_ rule: String, withoutChange isLeftOut: @escaping (Change) -> Bool) {
        self.init(rule) { happening in
            guard case .committed(let changes, let worker) = happening else { return [happening] }
            return [.committed(changes.filter { !isLeftOut($0) }, by: worker)]
        }
    }

    /// Mails of a template are never accepted.
    init(_ rule: String, unmailed template: String) {
        self.init(rule) { happening in
            guard case .performed(let effect, _) = happening,
                effect.data["template"]?.stringValue == template
            else { return [happening] }
            return []
        }
    }

    /// A question is never answered.
    init<H: Handoff>(_ rule: String, unanswered handoff: H.Type) {
        self.init(
            rule,
            withoutChange: { change in
                guard case .handoff(let row) = change else { return false }
                return row.slot.type == H.type && row.state == .answered
            })
    }

    /// What is found wrong in a history that is told so.
    func finding(in history: History, by rules: [NeverRule]) -> (rule: NeverRule, what: String)? {
        let auditor = Auditor(rules: rules)
        let clock = VirtualClock(wall: history.happenings.first?.at ?? Timestamp(milliseconds: 0))
        let retold = History(clock: clock, auditor: auditor)
        for (at, what) in history.happenings {
            clock.setWall(by: at - clock.now.wall)
            for happening in tell(what) { retold.record(happening) }
        }
        auditor.judgeAtRest(retold)
        return auditor.finding
    }
}

extension Publication {
    /// The same under another id.
    var again: Publication {
        var envelope = envelope
        envelope?.id = "made-again"
        return with(envelope)
    }

    /// The same as another handoff.
    var askedAnew: Publication {
        var envelope = envelope
        envelope?.correlationID = "another-handoff"
        return with(envelope)
    }

    /// The same as a refusal.
    func refusing(because reason: String, why: String = "") -> Publication {
        var envelope = envelope
        envelope?.type = "cancellation.refusal.v1"
        envelope?.replyTo = nil
        envelope?.data = ["reason": .string(reason), "why": .string(why)]
        return with(envelope)
    }

    /// The same with another text somewhere in it.
    func replacing(_ text: String, with other: String) -> Publication {
        let body = String(decoding: parcel.body, as: UTF8.self).replacing("\"\(text)", with: "\"\(other)")
        return with(try? Envelope(parsing: Array(body.utf8)))
    }

    /// The same with another text in one field of its data.
    func replacing(_ field: String, in text: String) -> Publication {
        var envelope = envelope
        if case .object(var data)? = envelope?.data {
            data[field] = .string(text)
            envelope?.data = .object(data)
        }
        return with(envelope)
    }

    private func with(_ envelope: Envelope?) -> Publication {
        guard let envelope, let exchange = Exchange(rawValue: parcel.exchange) else { return self }
        return Publication(
            Parcel(exchange, parcel.routingKey, envelope.serialized()), properties: properties,
            publisher: publisher, queues: queues)
    }
}
