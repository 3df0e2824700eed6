import CancellationMessages
import OrderingMessages
import Vocabulary
import WorkerKit

/// Steps 1 to 3 of `saas-to-local`, and its end: a specialist takes the form, the firm tries if it wants to, the
/// specialist cancels; once the licences are downloaded the case is completed.
extension Cancellation {
    static var saasToLocal: Part {
        Part(in: .saasToLocal) {
            On(CancellationForm.self) { form, turn in
                turn.memory.form = form
                turn.memory.awaitsTrial = form.trialLicencesWanted
                turn.handOff(
                    TakeCancellation(
                        firm: form.firm, products: form.products,
                        trialLicencesWanted: form.trialLicencesWanted))
            }
            Answered(TakeCancellation.self) { taken, turn in
                let asked = taken.question
                if asked.trialLicencesWanted {
                    turn.handOff(
                        ProvideTrial(
                            firm: asked.firm, products: asked.products,
                            versions: turn.directory.trialVersions(of: asked.products)))
                }
                turn.handOff(
                    ProcessCancellation(firm: asked.firm, products: asked.products, taker: taken.author.by),
                    once: .trialRestored)
            }
            Answered(ProvideTrial.self) { _, turn in
                turn.memory.awaitsTrial = false
            }
            Answered(ProcessCancellation.self) { cancelled, turn in
                guard let form = turn.memory.form else { throw FormForgotten() }
                turn.publish(
                    SubscriptionCancelled(
                        firm: form.firm, products: form.products, newProducts: form.newProducts,
                        netFirmAdministrator: form.netFirmAdministrator,
                        salesRepresentative: form.salesRepresentative,
                        csRepresentative: form.csRepresentative, taker: cancelled.question.taker,
                        confirmation: cancelled.confirmation, at: cancelled.at))
            }
            On(LicencesDownloaded.self) { _, turn in
                turn.end(.completed)
            }
        }
    }
}

/// A cancellation was asked for without a form: no turn of this worker does that.
struct FormForgotten: Error, CustomStringConvertible {
    var description: String { "the case has a cancellation, but no form" }
}

extension Directory {
    /// What can be tried of these products: version and limits, a line each.
    fileprivate func trialVersions(of codes: [String]) -> [String] {
        codes.compactMap { code in
            guard let product = product(code: code), let trial = product.trial else { return nil }
            let limits = trial.limits.isEmpty ? "" : " (\(trial.limits.joined(separator: ", ")))"
            return "\(product.title) \(trial.version)\(limits)"
        }
    }
}
