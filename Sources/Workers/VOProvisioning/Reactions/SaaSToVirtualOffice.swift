import CancellationMessages
import VOProvisioningMessages
import Vocabulary
import WorkerKit

/// Steps 2 to 4 of `saas-to-virtual-office`: the technicians accept the move, agree a window and load the products in
/// it; what is not loaded then gets another window.
extension VOProvisioning {
    static var saasToVirtualOffice: Part {
        Part(in: .saasToVirtualOffice) {
            On(VirtualOfficeMoveRequested.self) { move, turn in
                turn.memory.move = move
                turn.memory.rest = move.products
                turn.handOff(
                    AcceptMove(firm: move.firm.name, products: move.products, specialist: move.specialist))
            }
            Answered(AcceptMove.self) { accepted, turn in
                turn.arrange(for: accepted.question.firm)
            }
            Answered(ArrangeWindow.self) { window, turn in
                let asked = window.question
                let load = LoadProducts(
                    firm: asked.firm, products: asked.products, start: window.start,
                    end: window.start + ArrangeWindow.length, round: asked.round)
                turn.tell(
                    "cs-specialists", "\(asked.firm) goes down for its move to Virtual Office",
                    [
                        "From: \(load.start)", "To: \(load.end)", "Agreed with: \(window.agreedWith)",
                        "To load: \(load.products.joined(separator: ", "))",
                    ])
                turn.handOff(load)
                let calendar = turn.directory.calendar(of: LoadProducts.team)
                turn.wake(
                    at: calendar.adding(reporting, to: load.end), ReportIsOwed(round: asked.round))
            }
            Answered(LoadProducts.self) { report, turn in
                // Of the question, not of what is remembered: an amendment takes back what was reported before.
                guard !report.answer.isMissed else {
                    turn.memory.rest = report.question.products
                    return turn.arrangeAnother(for: report.question.firm)
                }
                turn.memory.rest = report.question.rest(after: report.answer)?.products ?? []
                guard report.isComplete, let move = turn.memory.move, let at = report.at else { return }
                turn.cancelTimer(ReportIsOwed.self)
                turn.publish(
                    VirtualOfficeLoaded(
                        firm: move.firm.name, netFirmAdministrator: move.netFirmAdministrator,
                        products: move.products, specialist: move.specialist, at: at))
            }
            On(ReportIsOwed.self) { owed, turn in
                guard owed.round == turn.memory.round, let move = turn.memory.move else { return }
                turn.revoke(
                    LoadProducts.self, because: "its window passed, and another is agreed for the rest")
                turn.arrangeAnother(for: move.firm.name)
            }
        }
    }
}

extension Turn<VOProvisioning> {
    /// Asks for a window for what is still to be loaded.
    fileprivate mutating func arrange(for firm: String) {
        handOff(ArrangeWindow(firm: firm, products: memory.rest, round: memory.round))
    }

    /// Asks for another window: the one before passed, and something is left.
    fileprivate mutating func arrangeAnother(for firm: String) {
        cancelTimer(ReportIsOwed.self)
        memory.round += 1
        arrange(for: firm)
    }
}
