import CancellationMessages
import NotifierMessages
import OrderingMessages
import Vocabulary
import WorkerKit

/// Steps 4 and 9 of `saas-to-local`: the representatives learn of the cancellation, the firm of its order.
extension Notifier {
    static var saasToLocal: Part {
        Part(in: .saasToLocal) {
            On(SubscriptionCancelled.self) { cancelled, turn in
                var fields = SendMail.Fields(turn.caseID)
                fields.firm = cancelled.firm.name
                fields.products = cancelled.products.map { turn.directory.product(code: $0)?.title ?? $0 }
                fields.confirmation = cancelled.confirmation
                turn.run(SendMail(to: cancelled.salesRepresentative, .productCancelled, fields))
                turn.run(SendMail(to: cancelled.csRepresentative, .cancellationConfirmed, fields))
            }
            On(OrderProcessed.self) { processed, turn in
                var fields = SendMail.Fields(turn.caseID)
                fields.firm = processed.firm
                fields.order = processed.order
                turn.run(SendMail(to: processed.netFirmAdministrator, .orderConfirmed, fields))
            }
        }
    }
}
