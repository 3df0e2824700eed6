internal import Rehearsal
internal import StrictJSON

/// What came of a campaign.
struct RehearsalReport {
    private let outcome: Campaign.Outcome
    private let stage: RehearsalStage
    private let elapsed: Duration
    /// The violation told by as little as could be found.
    private let shortest: Violation?
    /// What should have been met, and was not.
    private let missing: [Sight]

    /// Judges what came of it; a violation is made short first.
    init(_ outcome: Campaign.Outcome, of stage: RehearsalStage, played elapsed: Duration) throws {
        self.outcome = outcome
        self.stage = stage
        self.elapsed = elapsed
        let scenario = try stage.scenario()
        var shrinking = Shrinking(scenario)
        shortest = outcome.violation.map { shrinking.shrink($0) }
        let isEnough = outcome.violation == nil && outcome.histories >= scenario.seenWithin
        missing = isEnough ? outcome.coverage.missing(of: scenario.mustBeSeen) : []
    }

    /// Whether every rule was kept, and everything was met.
    var isGood: Bool { shortest == nil && missing.isEmpty }

    private var perHistory: Int { outcome.messages / max(1, outcome.histories) }
    private var perSecond: Int {
        Int((Double(outcome.histories) / max(0.001, elapsed / .seconds(1))).rounded())
    }

    // MARK: For people

    /// The result in lines.
    func lines(withCoverage: Bool) -> [String] {
        (shortest.map(told) ?? [])
            + (withCoverage
                ? outcome.coverage.description.split(separator: "\n").map(String.init) + [""] : [])
            + missing.map { "Never met: \($0)." } + [summary]
    }

    private var summary: String {
        let verdict = outcome.violation == nil ? "keep every rule" : "played"
        return
            "\(outcome.histories) histories \(verdict): \(outcome.messages) messages, \(perHistory) a history; "
            + "\(perSecond) histories a second."
    }

    private func told(_ violation: Violation) -> [String] {
        let strikes = violation.strikes.map { "  \($0)" }
        let before = outcome.violation?.strikes.count ?? 0
        return [
            "Seed \(violation.seed) breaks \(violation.rule): \(violation.sentence)", violation.what, "",
            "Of \(before) things that went wrong or were done before, these are enough:",
        ] + strikes + ["", "It goes, at the end:"]
            + violation.story.suffix(Limits.toldLines).map { "  \($0)" }
            + ["", "To play it again, step by step:", "  \(command(for: violation))", ""]
    }

    private func command(for violation: Violation) -> String {
        (["baton rehearse --histories 1 --seed \(violation.seed)"] + stage.options
            + ["--keep '\(violation.strikes.map(\.description).joined(separator: ","))'", "--story"])
            .joined(separator: " ")
    }

    // MARK: For programs

    /// The result as JSON.
    var json: JSON {
        var report: JSONObject = [
            "histories": .integer(Int64(outcome.histories)), "messages": .integer(Int64(outcome.messages)),
            "historiesPerSecond": .integer(Int64(perSecond)),
            "neverMet": .array(missing.map { .string("\($0)") }),
        ]
        if let shortest {
            report["violation"] = [
                "seed": .string("\(shortest.seed)"), "rule": .string(shortest.rule),
                "sentence": .string(shortest.sentence), "what": .string(shortest.what),
                "strikes": .array(shortest.strikes.map { .string("\($0)") }),
                "story": .array(shortest.story.map { .string($0) }),
                "again": .string(command(for: shortest)),
            ]
        }
        return .object(report)
    }
}
