import CancellationMessages
import Vocabulary
import WorkerKit

/// Takes cancellation forms, has a specialist take and process each, and makes known what is cancelled.
package enum Cancellation: Worker {
    package typealias Messages = CancellationMessages

    /// What it remembers of a case.
    package struct Memory: CaseMemory {
        /// The form that started it.
        package var form: CancellationForm?
        /// What the firm takes to Virtual Office; `nil` where it does not move.
        package var move: VirtualOfficeMove?
        /// Whether the firm wanted a trial and has not restored its data yet.
        package var awaitsTrial = false
        /// Whether the firm and the specialists know that all is loaded on Virtual Office.
        package var isReadyOnVirtualOffice = false

        /// Nothing yet.
        package init() {}
    }

    /// What holds the cancellation back.
    package enum Gate: String, GateName {
        /// The firm works on its trial, if it wanted one.
        case trialRestored
        /// The same, and Virtual Office is ready for the firm.
        case readyToCancel
    }

    /// Why a gate is closed.
    package static func closedBecause(_ gate: Gate, _ memory: Memory) -> String? {
        let trial = memory.awaitsTrial ? "the firm has not restored its data to the trial version yet" : nil
        let move = memory.isReadyOnVirtualOffice ? nil : "Virtual Office is not ready for the firm yet"
        let reasons =
            switch gate {
            case .trialRestored: [trial]
            case .readyToCancel: [move, trial]
            }
        let closed = reasons.compactMap { $0 }
        return closed.isEmpty ? nil : closed.joined(separator: ", and ")
    }

    /// A file per process.
    package static var parts: [Part] { [saasToLocal, saasToVirtualOffice] }
}

// MARK: - What every cancellation shares

extension Cancellation {
    /// The firm works on its trial; the cancellation is processed, and made known.
    @Shared static var cancelling: [Reaction<Self>] {
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
                    virtualOffice: turn.memory.move, confirmation: cancelled.confirmation, at: cancelled.at))
        }
    }
}

extension Turn<Cancellation> {
    /// Keeps a form, and asks who takes it.
    mutating func take(_ form: CancellationForm, moving move: VirtualOfficeMove? = nil) {
        memory.form = form
        memory.move = move
        memory.awaitsTrial = form.trialLicencesWanted
        handOff(
            TakeCancellation(
                firm: form.firm, products: form.products, trialLicencesWanted: form.trialLicencesWanted,
                productsToMove: move?.products))
    }

    /// Asks whoever took it to process the cancellation once a gate is open, and first for the trial where one is
    /// wanted.
    mutating func proceed(with taken: AnswerTo<TakeCancellation>, once gate: Cancellation.Gate) {
        let asked = taken.question
        if asked.trialLicencesWanted {
            handOff(
                ProvideTrial(
                    firm: asked.firm, products: asked.products,
                    versions: directory.trialVersions(of: asked.products)))
        }
        handOff(
            ProcessCancellation(firm: asked.firm, products: asked.products, taker: taken.author.by),
            once: gate)
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
