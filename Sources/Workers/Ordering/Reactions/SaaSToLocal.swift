import CancellationMessages
import EMSReinstatementMessages
import OrderingMessages
import Vocabulary
import WorkerKit

/// Steps 6 to 10 of `saas-to-local`: renewal and proposal side by side, signatures, the order, the download.
extension Ordering {
    static var saasToLocal: Part {
        Part(in: .saasToLocal) {
            On(SubscriptionCancelled.self) { cancelled, turn in
                turn.memory.customer = Customer(
                    firm: cancelled.firm.name, netFirmAdministrator: cancelled.netFirmAdministrator,
                    products: cancelled.products, newProducts: cancelled.newProducts)
            }
            On(ProductsReinstated.self) { _, turn in
                guard let customer = turn.memory.customer else {
                    return turn.notYet("the cancellation has not been heard of")
                }
                turn.handOff(SendRenewal(firm: customer.firm, products: customer.products))
                if !customer.newProducts.isEmpty {
                    turn.handOff(MakeProposal(firm: customer.firm, products: customer.newProducts))
                }
            }
            Answered(SendRenewal.self) { renewal, turn in
                turn.take(renewal.answer, as: \.renewal)
            }
            Answered(MakeProposal.self) { proposal, turn in
                turn.take(proposal.answer, as: \.proposal)
            }
            Answered(ConfirmSignatures.self) { signed, turn in
                guard signed.isComplete else { return }
                turn.handOff(ProcessOrder(firm: signed.question.firm, documents: turn.memory.documents))
            }
            Answered(ProcessOrder.self) { processed, turn in
                let customer = try turn.memory.knownCustomer
                turn.publish(
                    OrderProcessed(
                        firm: customer.firm, netFirmAdministrator: customer.netFirmAdministrator,
                        order: processed.order))
                turn.handOff(ConfirmDownload(firm: customer.firm, order: processed.order))
            }
            Answered(ConfirmDownload.self) { downloaded, turn in
                turn.publish(LicencesDownloaded(order: downloaded.question.order, at: downloaded.at))
            }
        }
    }
}

extension Turn<Ordering> {
    /// Keeps a document; once everything that was to be written is there, the firm signs all of it.
    fileprivate mutating func take(
        _ document: OrderDocument, as kind: WritableKeyPath<Ordering.Memory, OrderDocument?>
    ) {
        // Documents are signed by their numbers: one signature must not count for two of them.
        guard !memory.documents.contains(where: { $0.number == document.number }) else {
            return notYet(".data.number must be its own, but \(document.number) is the other document's")
        }
        memory[keyPath: kind] = document
        guard let customer = memory.customer, memory.renewal != nil,
            memory.proposal != nil || customer.newProducts.isEmpty
        else { return }
        handOff(ConfirmSignatures(firm: customer.firm, documents: memory.documents.map(\.number)))
    }
}

extension Ordering.Memory {
    /// What the firm signs, in the order of the steps.
    fileprivate var documents: [OrderDocument] { [renewal, proposal].compactMap { $0 } }

    fileprivate var knownCustomer: Ordering.Customer {
        get throws {
            guard let customer else { throw CustomerForgotten() }
            return customer
        }
    }
}

/// An order was asked for before its cancellation was heard of: no turn of this worker does that.
struct CustomerForgotten: Error, CustomStringConvertible {
    var description: String { "the case has an order, but no customer" }
}
