/// Why a worker does not start: everything that is wrong with its configuration, a sentence each.
package struct SettingsFault: Error, Equatable, CustomStringConvertible {
    /// What is wrong: where it is set, the value and the rule; never a secret.
    package let findings: [String]

    /// A line for each finding.
    package var description: String { findings.joined(separator: "\n") }
}
