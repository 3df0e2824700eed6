import Vocabulary
import WorkerKit

/// Asks the portal technicians to update a firm's licences on Virtual Office, now that its order is processed.
package struct UpdateLicences: Handoff {
    package typealias Owner = LicenceSwapperMessages
    package static let name = "update-licences"
    package static let team: Team = "citrix-portal-tech"

    /// The firm's name.
    package let firm: String
    /// Who administers the firm's account.
    package let netFirmAdministrator: EmailAddress
    /// The licences that the firm needs on Virtual Office, by code.
    package let licences: [String]
    /// The number of the order.
    package let order: String
    /// When the order was heard of; nothing is updated before.
    package let orderedAt: Timestamp

    /// That it is done.
    package struct Answer: Codable, Equatable, Sendable {
        /// Whether the licences are updated.
        package let updated: Bool
        /// When they were.
        package let at: Timestamp

        /// Reports it.
        package init(updated: Bool, at: Timestamp) {
            self.updated = updated
            self.at = at
        }
    }

    /// Asks.
    package init(
        firm: String, netFirmAdministrator: EmailAddress, licences: [String], order: String,
        orderedAt: Timestamp
    ) {
        self.firm = firm
        self.netFirmAdministrator = netFirmAdministrator
        self.licences = licences
        self.order = order
        self.orderedAt = orderedAt
    }

    package var title: String { "Update the licences of \(firm) on Virtual Office" }
    package var lines: [String] {
        [
            "Licences: \(licences.joined(separator: ", "))", "Order: \(order)",
            "Administrator: \(netFirmAdministrator)",
        ]
    }

    package func check(_ answer: Answer, _ checks: inout Checks) {
        checks.require(
            answer.updated, "updated", "must be true; answer once the licences are updated")
        // People tell the minute.
        let ordered = Timestamp(milliseconds: orderedAt.milliseconds / 60_000 * 60_000)
        checks.require(
            answer.at >= ordered, "at",
            "must not lie before the order was processed, at \(ordered), but is \(answer.at)")
        checks.require(answer.at <= checks.now, "at", "must lie in the past, not at \(answer.at)")
    }
}
