import CancellationMessages
import Engine
import NotifierMessages
import OrderingMessages
import Rehearsal
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// What never happens to the mails of a cancellation and an order.
extension SaaSToLocal {
    static let mailRules = [toldTooEarly, untold]

    private static let toldTooEarly = NeverRule(
        "told-too-early", "Nobody is told of a cancellation or an order before it is processed.",
        .before { happening, history in
            guard case .performed(let effect, NotifierMessages.worker) = happening else { return nil }
            let isProcessed =
                switch effect.data["template"]?.stringValue.flatMap({ SendMail.Template(rawValue: $0) }) {
                case .productCancelled, .cancellationConfirmed:
                    history.isAnswered(ProcessCancellation.self, in: effect.caseID)
                case .orderConfirmed: history.isAnswered(ProcessOrder.self, in: effect.caseID)
                case .handoff, .notice, .reminder, .escalation, .revocation, .refusal, .virtualOfficeWelcome,
                    .virtualOfficeLoaded, .virtualOfficeOpen, nil:
                    true
                }
            return isProcessed ? nil : "\(happening)"
        })

    private static let untold = NeverRule(
        "untold", "Nobody who is to be told of a cancellation or an order goes without a mail.",
        .atRest { history in
            for publication in history.publications {
                guard let caseID = publication.envelope?.subject else { continue }
                var owed: [(EmailAddress, SendMail.Template)] = []
                if let cancelled = publication.message(SubscriptionCancelled.self, on: .events) {
                    owed = [
                        (cancelled.salesRepresentative, .productCancelled),
                        (cancelled.csRepresentative, .cancellationConfirmed),
                    ]
                } else if let ordered = publication.message(OrderProcessed.self, on: .events),
                    caseID.process == .saasToLocal
                {
                    owed = [(ordered.netFirmAdministrator, .orderConfirmed)]
                }
                for (address, template) in owed
                where !history.hasMail(to: address, template, about: caseID) {
                    return "\(address) got no \(template.rawValue) about \(caseID)"
                }
            }
            return nil
        })
}

extension History {
    /// Whether a mail was sent, or was given up with a letter.
    fileprivate func hasMail(to address: EmailAddress, _ template: SendMail.Template, about caseID: CaseID)
        -> Bool
    {
        let sent = deeds.lazy.map(\.effect)
        let givenUp = committed(by: NotifierMessages.worker).effects.values.lazy.map { $0 }
        func isWanted(_ effect: EffectRow) -> Bool {
            effect.caseID == caseID && effect.data["to"]?.stringValue == address.rawValue
                && effect.data["template"]?.stringValue == template.rawValue
        }
        return sent.contains(where: isWanted) || givenUp.contains(where: isWanted)
    }
}
