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
                turn.take(form)
            }
            Answered(TakeCancellation.self) { taken, turn in
                turn.proceed(with: taken, once: .trialRestored)
            }
            cancelling
            On(LicencesDownloaded.self) { _, turn in
                turn.end(.completed)
            }
        }
    }
}
