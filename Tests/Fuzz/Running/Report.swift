import Foundation

/// What was tried of each kind, and what was found.
struct Report: Sendable {
    /// What was tried of one kind.
    struct Row: Sendable {
        var accepted = 0
        var refused = 0
        var slowestNanoseconds = 0
        var slowestInput = 0
        var findings: [Finding] = []

        var inputs: Int { accepted + refused + findings.count }
        var acceptedPercent: Double { Double(accepted) * 100 / Double(max(1, inputs)) }
        var refusedPercent: Double { Double(refused) * 100 / Double(max(1, inputs)) }

        /// Whether inputs are good and bad enough to try more than one path.
        var isBalanced: Bool {
            inputs < Limits.enoughInputs
                || min(acceptedPercent, refusedPercent) >= Double(Limits.leastPercent)
        }

        /// Adds what a child noted.
        mutating func add(_ notes: Notebook.Notes) {
            accepted += notes.accepted
            refused += notes.refused
            guard notes.slowestNanoseconds > slowestNanoseconds else { return }
            slowestNanoseconds = notes.slowestNanoseconds
            slowestInput = notes.slowestInput
        }
    }

    /// An input that must not be.
    struct Finding: Sendable {
        let number: Int
        let why: String
    }

    var rows: [Kind: Row] = [:]
    var seconds = 0.0

    /// Whether nothing is to be mended, in Baton or in this program.
    var isClean: Bool { rows.values.allSatisfy { $0.findings.isEmpty && $0.isBalanced } }

    /// A line for each kind, what was found, and the time it took.
    var text: String {
        let kinds = Kind.allCases.filter { rows[$0] != nil }
        var lines = [Self.line("kind", "inputs", "accepted", "refused", "slowest", "findings")]
        for kind in kinds {
            guard let row = rows[kind] else { continue }
            lines.append(
                Self.line(
                    kind.rawValue, "\(row.inputs)", String(format: "%.1f %%", row.acceptedPercent),
                    String(format: "%.1f %%", row.refusedPercent),
                    String(format: "%.1f ms", Double(row.slowestNanoseconds) / 1_000_000),
                    "\(row.findings.count)") + "   slowest: \(row.slowestInput)")
        }
        for kind in kinds {
            guard let row = rows[kind] else { continue }
            lines += row.findings.map { "\(kind) \($0.number): \($0.why)" }
            if row.findings.count >= Limits.findings { lines.append("\(kind): given up, too much is found") }
            if !row.isBalanced {
                lines.append("\(kind): hardly any input is accepted, or hardly any refused")
            }
        }
        let inputs = rows.values.map(\.inputs).reduce(0, +)
        lines.append(String(format: "%d inputs in %.0f s", inputs, seconds))
        return lines.joined(separator: "\n")
    }

    private static func line(_ kind: String, _ cells: String...) -> String {
        kind.padding(toLength: 14, withPad: " ", startingAt: 0)
            + cells.map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }.joined()
    }
}
