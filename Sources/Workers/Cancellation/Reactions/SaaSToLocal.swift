import CancellationMessages
import Vocabulary
import WorkerKit

/// Steps 1 to 3 of `saas-to-local`: a specialist takes the form, the firm tries if it wants to, the
/// specialist cancels.
extension Cancellation {
    static var saasToLocal: Part {
        Part(in: .saasToLocal) {
            On(CancellationForm.self) { form, turn in
                turn.memory.awaitsTrial = form.trialLicencesWanted
                turn.handOff(
                    TakeCancellation(
                        firm: form.firm, products: form.products,
                        trialLicencesWanted: form.trialLicencesWanted))
            }
            Answered(TakeCancellation.self) { taken, turn in
                let asked = taken.question
                if asked.trialLicencesWanted {
                    turn.handOff(ProvideTrial(firm: asked.firm, products: asked.products))
                }
                turn.handOff(
                    ProcessCancellation(firm: asked.firm, products: asked.products, taker: taken.author.by),
                    once: .trialRestored)
            }
            Answered(ProvideTrial.self) { _, turn in
                turn.memory.awaitsTrial = false
            }
            Answered(ProcessCancellation.self) { cancelled, turn in
                turn.publish(
                    SubscriptionCancelled(
                        firm: cancelled.question.firm, products: cancelled.question.products,
                        confirmation: cancelled.confirmation, at: cancelled.at))
            }
        }
    }
}
