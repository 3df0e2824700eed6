import CancellationMessages
import VOProvisioningMessages
import Vocabulary
import WorkerKit

/// Has the portal technicians make Virtual Office ready for a firm: accepted, agreed when, loaded.
package enum VOProvisioning: Worker {
    package typealias Messages = VOProvisioningMessages

    /// What it remembers of a case.
    package struct Memory: CaseMemory {
        /// What was asked for; `nil` until it is heard of.
        package var move: VirtualOfficeMoveRequested?
        /// The products still to be loaded, by code.
        package var rest: [String] = []
        /// The window that is being agreed or used, from 1.
        package var round = 1

        /// Nothing yet.
        package init() {}
    }

    /// A file per process.
    package static var parts: [Part] { [saasToVirtualOffice] }

    /// How long after its window the technicians have to report what they loaded; what is not reported by then counts
    /// as not done, so that no case waits for a window that passed. Technicians write it up after the window, some of
    /// them in the next shift.
    static let reporting: BusinessDuration = .hours(2)
}
