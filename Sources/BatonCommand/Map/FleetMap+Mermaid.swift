internal import Vocabulary

extension FleetMap {
    /// For Mermaid: workers as boxes, teams as hexagons, processes as what comes in; an arrow names what is said on it.
    var mermaid: [String] {
        let teams = Set(places.flatMap { $0.asks.map(\.team) + $0.tells }).sorted()
        let processes = places.flatMap { $0.starts.map(\.process) }.sorted()
        return ["flowchart LR"]
            + processes.map { "    \(Self.node($0))([\"\($0)\"])" }
            + places.map { "    \(Self.node($0.name))[\"\($0.name)\"]" }
            + teams.map { "    \(Self.node($0)){{\"\($0)\"}}" }
            + places.flatMap(Self.arrows)
    }

    private static func arrows(of place: Place) -> [String] {
        let here = node(place.name)
        let starts = place.starts.map { arrow(node($0.process), "-->", here, $0.commands) }
        let events = Dictionary(
            place.publishes.flatMap { event in event.hearers.map { ($0, [event.event]) } },
            uniquingKeysWith: +)
        let asked = Dictionary(place.asks.map { ($0.team, [$0.handoff]) }, uniquingKeysWith: +)
        let ends = place.ends.flatMap(\.participants)
        return starts
            + events.sorted { $0.key < $1.key }.map { arrow(here, "-->", node($0.key), $0.value) }
            + asked.sorted { $0.key < $1.key }.map { arrow(here, "==>", node($0.key), $0.value) }
            + place.tells.filter { asked[$0] == nil }.map { "    \(here) -. notices .-> \(node($0))" }
            + Set(ends).sorted().map { "    \(here) <-. ends of cases .-> \(node($0))" }
    }

    private static func arrow(
        _ from: String, _ shape: String, _ to: String, _ said: [MessageType]
    ) -> String {
        "    \(from) \(shape)|\"\(said.map(\.name).joined(separator: "<br/>"))\"| \(to)"
    }

    /// Ids of their own for the three kinds, for a team may be called like a worker, and neither like a word of
    /// Mermaid's.
    private static func node(_ name: some TextValue) -> String {
        let kind =
            switch name {
            case is Team: "team"
            case is ProcessName: "process"
            default: "worker"
            }
        return "\(kind)-\(name.rawValue)".replacing("-", with: "_")
    }
}
