import CancellationMessages
import WorkerKit

/// Step 5 of `saas-to-local`.
extension EMSReinstatement {
    static var saasToLocal: Part { Part(in: .saasToLocal) { reinstating } }
}
