import Vocabulary
import WorkerKit

extension ProcessName {
    package static let voyage: ProcessName = "voyage"
}

extension Outline {
    /// A voyage whose home is the harbour, while the pilot alone does what cannot be undone.
    package static let voyage = Outline(
        of: .voyage, home: "harbour", expected: .days(1),
        steps: [
            .asks(1, "Load the ship", "harbour.load-ship.v1", of: "runners"),
            .asks(1, "Cast off", "pilot.cast-off.v1", of: "runners", isReversible: false),
        ])
}

/// The home of voyages.
package enum Harbour: Worker {
    package typealias Messages = HarbourMessages

    package static var parts: [Part] {
        [
            Part(in: .voyage) {
                On(Charter.self) { charter, turn in
                    turn.handOff(LoadShip(ship: charter.ship))
                    turn.publish(Chartered(ship: charter.ship))
                }
                Answered(LoadShip.self) { _, _ in }
                On(Sailed.self) { _, turn in turn.end(.completed) }
            }
        ]
    }
}

package enum HarbourMessages: MessageSet {
    package static let worker: WorkerName = "harbour"
    package static let outlines: [Outline] = [.voyage]
    package static let commands: [any Command.Type] = [Charter.self]
    package static let events: [any Event.Type] = [Chartered.self]
    package static let handoffs: [any Handoff.Type] = [LoadShip.self]
}

package struct Charter: Command {
    package typealias Owner = HarbourMessages
    package static let name = "charter"
    package var customer: String { ship }
    package let ship: String
}

package struct Chartered: Event {
    package typealias Owner = HarbourMessages
    package static let name = "chartered"
    package let ship: String
}

package struct LoadShip: Handoff {
    package typealias Owner = HarbourMessages
    package static let name = "load-ship"
    package static let team: Team = "runners"
    package let ship: String

    package struct Answer: Codable, Equatable, Sendable { package let loaded: Bool }

    package var title: String { "Load the \(ship)" }
}

/// Does what cannot be undone.
package enum Pilot: Worker {
    package typealias Messages = PilotMessages

    package static var parts: [Part] {
        [
            Part(in: .voyage) {
                On(Chartered.self) { chartered, turn in turn.handOff(CastOff(ship: chartered.ship)) }
                Answered(CastOff.self) { off, turn in turn.publish(Sailed(ship: off.question.ship)) }
            }
        ]
    }
}

package enum PilotMessages: MessageSet {
    package static let worker: WorkerName = "pilot"
    package static let events: [any Event.Type] = [Sailed.self]
    package static let handoffs: [any Handoff.Type] = [CastOff.self]
}

package struct CastOff: Handoff {
    package typealias Owner = PilotMessages
    package static let name = "cast-off"
    package static let team: Team = "runners"
    package static let isReversible = false
    package let ship: String

    package struct Answer: Codable, Equatable, Sendable { package let at: Timestamp }

    package var title: String { "Cast off the \(ship)" }
}

package struct Sailed: Event {
    package typealias Owner = PilotMessages
    package static let name = "sailed"
    package let ship: String
}
