import CancellationMessages
import EMSReinstatementMessages
import OrderingMessages
import Vocabulary
import WorkerKit

/// Leads from the renewal to the licences that the firm has ordered.
package enum Ordering: Worker {
    package typealias Messages = OrderingMessages

    /// What it remembers of a case.
    package struct Memory: CaseMemory {
        /// Whom the order is for; `nil` until the cancellation is heard of.
        package var customer: Customer?
        /// The renewal that was sent.
        package var renewal: OrderDocument?
        /// The proposal that was made, where there is something to propose.
        package var proposal: OrderDocument?
        /// Both in one, where the firm wants to sign one document.
        package var combined: OrderDocument?

        /// Nothing yet.
        package init() {}
    }

    /// Whom an order is for.
    package struct Customer: Codable, Equatable, Sendable {
        /// The firm's name.
        package var firm: String
        /// Who administers the firm's account.
        package var netFirmAdministrator: EmailAddress
        /// The products that the firm has again, by code.
        package var products: [String]
        /// Products it wants besides, by code.
        package var newProducts: [String]
        /// The specialist who took its case.
        package var taker: Person
        /// What it takes to Virtual Office; `nil` where it does not move.
        package var virtualOffice: VirtualOfficeMove?
    }

    /// A file per process.
    package static var parts: [Part] { [saasToLocal, saasToVirtualOffice] }
}

// MARK: - What every order shares

extension Ordering {
    /// Once EMS is done the renewal is sent, and beside it a proposal made where there is something to propose.
    @Shared static var offering: [Reaction<Self>] {
        On(SubscriptionCancelled.self) { cancelled, turn in
            turn.memory.customer = Customer(
                firm: cancelled.firm.name, netFirmAdministrator: cancelled.netFirmAdministrator,
                products: cancelled.products, newProducts: cancelled.newProducts, taker: cancelled.taker,
                virtualOffice: cancelled.virtualOffice)
        }
        On(ProductsReinstated.self) { _, turn in
            guard let customer = turn.memory.customer else {
                return turn.notYet("the cancellation has not been heard of")
            }
            turn.handOff(SendRenewal(firm: customer.firm, products: customer.products))
            if let proposal = customer.proposal { turn.handOff(proposal) }
        }
    }

    /// Once everything is signed the order is processed.
    @Shared static var signing: [Reaction<Self>] {
        Answered(ConfirmSignatures.self) { signed, turn in
            guard signed.isComplete else { return }
            turn.handOff(ProcessOrder(firm: signed.question.firm, documents: turn.memory.documents))
        }
    }
}

extension Turn<Ordering> {
    /// Keeps a document.
    ///
    /// - Returns: whether everything that was to be written is there.
    mutating func take(
        _ document: OrderDocument, as kind: WritableKeyPath<Ordering.Memory, OrderDocument?>
    ) -> Bool {
        // An amended document takes the place of the one before, and may keep its number.
        memory[keyPath: kind] = nil
        // Documents are signed by their numbers: one signature must not count for two of them.
        guard !memory.documents.contains(where: { $0.number == document.number }) else {
            notYet(".data.number must be its own, but \(document.number) is the other document's")
            return false
        }
        memory[keyPath: kind] = document
        return memory.renewal != nil && (memory.proposal != nil || memory.customer?.proposal == nil)
    }

    /// Asks for the firm's signature under everything it is to sign.
    mutating func askForSignatures() throws {
        handOff(
            ConfirmSignatures(
                firm: try memory.knownCustomer.firm, documents: memory.documents.map(\.number)))
    }

    /// Makes a processed order known.
    mutating func makeKnown(_ order: String) throws {
        let customer = try memory.knownCustomer
        publish(
            OrderProcessed(
                firm: customer.firm, netFirmAdministrator: customer.netFirmAdministrator, order: order,
                virtualOfficeLicences: customer.virtualOffice?.licences))
    }
}

extension Ordering.Memory {
    /// What the firm signs, in the order of the steps.
    var documents: [OrderDocument] { combined.map { [$0] } ?? [renewal, proposal].compactMap { $0 } }

    var knownCustomer: Ordering.Customer {
        get throws {
            guard let customer else { throw CustomerForgotten() }
            return customer
        }
    }
}

extension Ordering.Customer {
    /// What sales is to propose: what is wanted, and what is missing on Virtual Office; `nil` where that is nothing.
    var proposal: MakeProposal? {
        let missing = virtualOffice.map { move in
            move.licences.filter { !move.licencesHeld.contains($0) && !newProducts.contains($0) }
        }
        guard !newProducts.isEmpty || missing?.isEmpty == false else { return nil }
        return MakeProposal(firm: firm, products: newProducts, licences: missing)
    }
}

/// An order was asked for before its cancellation was heard of: no turn of this worker does that.
struct CustomerForgotten: Error, CustomStringConvertible {
    var description: String { "the case has an order, but no customer" }
}
