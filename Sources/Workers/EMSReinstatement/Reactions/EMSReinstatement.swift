import CancellationMessages
import EMSReinstatementMessages
import WorkerKit

/// Has EMS reinstate what firms had before SaaS, once their subscription is cancelled.
package enum EMSReinstatement: Worker {
    package typealias Messages = EMSReinstatementMessages

    /// A file per process.
    package static var parts: [Part] { [saasToLocal, saasToVirtualOffice] }

    /// What both processes share: cancelled, so EMS may be asked.
    @Shared static var reinstating: [Reaction<Self>] {
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
