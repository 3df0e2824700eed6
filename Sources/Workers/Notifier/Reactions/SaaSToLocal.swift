import CancellationMessages
import NotifierMessages
import OrderingMessages
import Vocabulary
import WorkerKit

/// Steps 4 and 9 of `saas-to-local`: the representatives learn of the cancellation, the firm of its order.
extension Notifier {
    static var saasToLocal: Part {
        Part(in: .saasToLocal) {
            cancelled
            On(OrderProcessed.self) { processed, turn in
                var fields = SendMail.Fields(turn.caseID)
                fields.firm = processed.firm
                fields.order = processed.order
                turn.run(SendMail(to: processed.netFirmAdministrator, .orderConfirmed, fields))
            }
        }
    }
}
