internal import Vocabulary

extension FleetMap {
    /// For people: a paragraph for each worker.
    var text: [String] {
        Array(places.map { [$0.name.rawValue] + $0.lines }.joined(separator: [""]))
    }
}

extension FleetMap.Place {
    fileprivate var lines: [String] {
        [
            lines(
                "starts", starts.map { "\($0.process) by \($0.commands.map(\.name).joined(separator: ", "))" }
            ),
            lines("hears", hears.map { "\($0.name) of \($0.owner)" }),
            lines("overhears", overhears ? ["what every worker sends to teams"] : []),
            lines("asks", asks.map { "\($0.team) to \($0.handoff.name)" }),
            lines("tells", tells.map(\.rawValue)),
            lines("publishes", publishes.map { "\($0.event.name) to \(Self.list($0.hearers))" }),
            lines(
                "ends",
                ends.map { end in
                    end.participants.isEmpty
                        ? "\(end.process) alone" : "\(end.process) with \(Self.list(end.participants))"
                }),
        ].flatMap(\.self)
    }

    /// One thing a line, under a word that stands before the first.
    private func lines(_ word: String, _ things: [String]) -> [String] {
        things.enumerated().map { index, thing in
            let margin = index == 0 ? word : ""
            return "  \(margin)\(String(repeating: " ", count: Self.margin - margin.count))\(thing)"
        }
    }

    private static let margin = "overhears".count + 2

    private static func list(_ workers: [WorkerName]) -> String {
        workers.isEmpty ? "nobody" : workers.map(\.rawValue).joined(separator: ", ")
    }
}
