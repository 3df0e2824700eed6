import CancellationMessages
import OrderingMessages
import Vocabulary
import WorkerKit

/// Steps 8 and 9 of `saas-to-virtual-office`: renewal and proposal side by side, put into one where the firm wants to sign
/// one; signatures, the order. What comes after it is the licence swapper's.
extension Ordering {
    static var saasToVirtualOffice: Part {
        Part(in: .saasToVirtualOffice) {
            offering
            Answered(SendRenewal.self) { renewal, turn in
                if turn.take(renewal.answer, as: \.renewal) { try turn.askForOneOrSignatures() }
            }
            Answered(MakeProposal.self) { proposal, turn in
                if turn.take(proposal.answer, as: \.proposal) { try turn.askForOneOrSignatures() }
            }
            Answered(CombineProposal.self) { combined, turn in
                // An order is of products: the lines of families stand for those that they renew.
                let renewed = combined.question.owed.map {
                    OrderDocument.Line(product: $0.product, price: $0.price)
                }
                turn.memory.combined = OrderDocument(
                    number: combined.number, lines: combined.lines + renewed, total: combined.total)
                try turn.askForSignatures()
            }
            signing
            Answered(ProcessOrder.self) { processed, turn in
                try turn.makeKnown(processed.order)
            }
        }
    }
}

extension Turn<Ordering> {
    /// Everything is written: asks for one document where the firm wants to sign one and has two, else for signatures.
    fileprivate mutating func askForOneOrSignatures() throws {
        let customer = try memory.knownCustomer
        guard customer.virtualOffice?.singleProposalWanted == true, let renewal = memory.renewal,
            let proposal = memory.proposal
        else { return try askForSignatures() }
        handOff(
            CombineProposal(
                firm: customer.firm, taker: customer.taker, proposal: proposal, renewal: renewal.number,
                owed: renewal.lines.map { line in
                    .init(
                        product: line.product,
                        family: directory.product(code: line.product)?.family ?? line.product,
                        price: line.price)
                }))
    }
}
