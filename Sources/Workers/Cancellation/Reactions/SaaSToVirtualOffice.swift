import CancellationMessages
import LicenceSwapperMessages
import NotifierMessages
import Vocabulary
import WorkerKit

/// Steps 1, 2 and 6 of `saas-to-virtual-office`, and its end: a specialist takes the form and has the move begun, and
/// cancels once the firm can work on Virtual Office; once its licences are updated there the case is completed.
extension Cancellation {
    static var saasToVirtualOffice: Part {
        Part(in: .saasToVirtualOffice) {
            On(VirtualOfficeForm.self) { form, turn in
                turn.take(form.cancellation, moving: form.move(in: turn.directory))
            }
            Answered(TakeCancellation.self) { taken, turn in
                guard let form = turn.memory.form, let move = turn.memory.move else { throw FormForgotten() }
                turn.proceed(with: taken, once: .readyToCancel)
                turn.publish(
                    VirtualOfficeMoveRequested(
                        firm: form.firm, netFirmAdministrator: form.netFirmAdministrator,
                        products: move.products, specialist: taken.author.by))
            }
            On(VirtualOfficeAnnounced.self) { _, turn in
                turn.memory.isReadyOnVirtualOffice = true
            }
            cancelling
            On(LicencesUpdated.self) { _, turn in
                turn.end(.completed)
            }
        }
    }
}
