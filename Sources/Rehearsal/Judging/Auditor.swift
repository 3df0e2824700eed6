/// Asks every rule about everything that happens, and keeps the first violation.
public final class Auditor {
    private typealias Judging = @Sendable (Happening, History) -> String?
    // Apart, since a history has thousands of happenings, and most rules concern few of them.
    private var before: [(rule: NeverRule, violation: Judging)] = []
    private var after: [(rule: NeverRule, violation: Judging)] = []
    private var atRest: [(rule: NeverRule, violation: @Sendable (History) -> String?)] = []
    /// The first rule that was broken, and by what.
    private(set) var finding: (rule: NeverRule, what: String)?

    /// Judges by these rules.
    public init(rules: [NeverRule]) {
        for rule in rules {
            switch rule.check {
            case .before(let violation): before.append((rule, violation))
            case .after(let violation): after.append((rule, violation))
            case .atRest(let violation): atRest.append((rule, violation))
            }
        }
    }

    func judge(_ happening: Happening, before history: History) {
        for (rule, violation) in before where finding == nil {
            finding = violation(happening, history).map { (rule, $0) }
        }
    }

    func judge(_ happening: Happening, after history: History) {
        for (rule, violation) in after where finding == nil {
            finding = violation(happening, history).map { (rule, $0) }
        }
    }

    func judgeAtRest(_ history: History) {
        for (rule, violation) in atRest where finding == nil {
            finding = violation(history).map { (rule, $0) }
        }
    }
}
