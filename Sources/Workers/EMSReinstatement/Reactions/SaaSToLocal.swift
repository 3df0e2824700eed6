import CancellationMessages
import EMSReinstatementMessages
import WorkerKit

/// Step 5 of `saas-to-local`: cancelled, so EMS may be asked.
extension EMSReinstatement {
    static var saasToLocal: Part {
        Part(in: .saasToLocal) {
            On(SubscriptionCancelled.self) { cancelled, turn in
                turn.handOff(
                    ReinstateProducts(
                        firmID: cancelled.firm.id, firmName: cancelled.firm.name,
                        products: cancelled.products, specialist: cancelled.taker))
            }
            Answered(ReinstateProducts.self) { answer, turn in
                guard answer.isComplete else { return }
                turn.publish(ProductsReinstated(firmID: answer.question.firmID, ticket: answer.ticket))
            }
        }
    }
}
