import CancellationMessages
import WorkerKit

/// Step 7 of `saas-to-virtual-office`.
extension EMSReinstatement {
    static var saasToVirtualOffice: Part { Part(in: .saasToVirtualOffice) { reinstating } }
}
