import CancellationMessages
import LicenceSwapperMessages
import OrderingMessages
import WorkerKit

/// Step 10 of `saas-to-virtual-office`: the order is processed, so the licences may be updated.
extension LicenceSwapper {
    static var saasToVirtualOffice: Part {
        Part(in: .saasToVirtualOffice) {
            On(OrderProcessed.self) { processed, turn in
                turn.handOff(
                    UpdateLicences(
                        firm: processed.firm, netFirmAdministrator: processed.netFirmAdministrator,
                        licences: processed.virtualOfficeLicences ?? [], order: processed.order,
                        orderedAt: turn.now))
            }
            Answered(UpdateLicences.self) { updated, turn in
                let asked = updated.question
                turn.publish(
                    LicencesUpdated(
                        firm: asked.firm, netFirmAdministrator: asked.netFirmAdministrator, at: updated.at))
            }
        }
    }
}
