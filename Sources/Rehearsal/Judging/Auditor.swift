/// Asks every rule about everything that happens, and keeps the first violation.
public final class Auditor {
    private let rules: [NeverRule]
    /// The first rule that was broken, and by what.
    private(set) var finding: (rule: NeverRule, what: String)?

    /// Judges by these rules.
    public init(rules: [NeverRule]) { self.rules = rules }

    func judge(_ happening: Happening, before history: History) {
        judge { check in
            guard case .before(let violation) = check else { return nil }
            return violation(happening, history)
        }
    }

    func judge(_ happening: Happening, after history: History) {
        judge { check in
            guard case .after(let violation) = check else { return nil }
            return violation(happening, history)
        }
    }

    func judgeAtRest(_ history: History) {
        judge { check in
            guard case .atRest(let violation) = check else { return nil }
            return violation(history)
        }
    }

    private func judge(_ violation: (NeverRule.Check) -> String?) {
        for rule in rules where finding == nil {
            finding = violation(rule.check).map { (rule, $0) }
        }
    }
}
