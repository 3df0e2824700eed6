import CancellationMessages
import EngineBench
import Vocabulary

extension Post {
    /// What the workers after it hear of a cancellation.
    static func cancelled(
        _ id: String = "cancelled", case name: String = "weber", newProducts: [String] = [],
        moving move: VirtualOfficeMove? = nil
    ) throws -> Post {
        try event(
            id, case: name, in: move == nil ? .saasToLocal : .saasToVirtualOffice,
            SubscriptionCancelled(
                firm: Firm(id: "F-4711", name: "Weber & Söhne"), products: ["crm-saas", "payroll-saas"],
                newProducts: newProducts, netFirmAdministrator: "admin@weber.example",
                salesRepresentative: "sam@example.com", csRepresentative: "cs@example.com", taker: "ada",
                virtualOffice: move, confirmation: "C-1", at: "2026-03-03T09:30:00Z"))
    }
}
