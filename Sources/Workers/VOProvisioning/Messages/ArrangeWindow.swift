import Vocabulary
import WorkerKit

/// Asks the portal technicians to agree with the firm when it goes down for the loading.
package struct ArrangeWindow: Handoff {
    package typealias Owner = VOProvisioningMessages
    package static let name = "arrange-window"
    package static let team: Team = "citrix-portal-tech"
    /// How long a window is: as long as the step says, whatever the clocks on the wall do meanwhile.
    package static let length: Duration = .seconds(4 * 3600)

    /// The firm's name.
    package let firm: String
    /// The products still to be loaded, by code.
    package let products: [String]
    /// Which window it is, from 1; another follows one in which not all was loaded.
    package let round: Int

    /// The window.
    package struct Answer: Codable, Equatable, Sendable {
        /// When it begins.
        package let start: Timestamp
        /// When it ends: four hours later, said or not.
        package let end: Timestamp?
        /// Who of the firm agreed.
        package let agreedWith: Person

        /// Agrees.
        package init(start: Timestamp, end: Timestamp? = nil, agreedWith: Person) {
            self.start = start
            self.end = end
            self.agreedWith = agreedWith
        }
    }

    /// Asks.
    package init(firm: String, products: [String], round: Int) {
        self.firm = firm
        self.products = products
        self.round = round
    }

    package var title: String { "Agree \(round > 1 ? "another" : "a") down-time window with \(firm)" }
    package var lines: [String] {
        [
            "To load: \(products.joined(separator: ", "))",
            "The window: four hours, wholly inside your business hours",
        ] + (round > 1 ? ["In the window before, not all was loaded (this is window \(round))"] : [])
    }

    package func check(_ answer: Answer, _ checks: inout Checks) {
        let end = answer.start + Self.length
        checks.require(
            answer.end == nil || answer.end == end, "end",
            "must be exactly four hours after the start, at \(end), not at \(answer.end?.description ?? "")")
        checks.require(
            answer.start > checks.now, "start", "must lie in the future, not at \(answer.start)")
        let calendar = checks.directory.calendar(of: Self.team)
        checks.require(
            calendar.contains(answer.start..<end), "start",
            "must begin four hours wholly inside the business hours of \(Self.team) (\(calendar.timeZone)), "
                + "but \(answer.start) to \(end) does not lie inside them")
    }
}
