internal import ArgumentParser
internal import DirectoryFile
internal import StrictJSON

/// `baton doctor`.
struct Doctor: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Looks whether everything is as it should be, from where you sit.",
        discussion: """
            Looks at the broker, the login and its rights, the topology, the ledger, and at what the ledger hears of \
            the workers: that they are there, their stores, their clocks, their mail, their directory; at dead letters \
            and at the time zones. Exit code 1: there are warnings. Any other: the first fault's own.
            """)

    @Option(
        name: .customLong("directory"),
        help: .init("A directory of teams and users, to be the same as the ledger's.", valueName: "file"),
        completion: .file())
    var directoryPath: String?

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var broker: BrokerOptions

    func perform() async throws -> ExitStatus {
        let settings: BrokerSettings
        do { settings = try broker.settings() } catch let fault as any Failure {
            return tell([.fault("settings", fault)], try reading.terminal(nil))
        }
        let terminal = try reading.terminal(settings)
        let directory = try directoryPath.map { try DirectoryFile.read($0) }
        var findings: [Finding]
        do {
            findings = try await settings.converse {
                try Examination(conversation: $0, directory: directory).findings
            }
        } catch let fault as any Failure {
            findings = [.fault("broker", fault)]
        }
        return tell(findings + TimeZoneCheck.findings(terminal), terminal)
    }

    private func tell(_ findings: [Finding], _ terminal: Terminal) -> ExitStatus {
        let width = findings.map(\.check.count).max() ?? 0
        reading.tell(
            findings.map { finding in
                let padding = String(repeating: " ", count: width - finding.check.count)
                let level = finding.level.rawValue
                let gap = String(repeating: " ", count: Finding.Level.warning.rawValue.count - level.count)
                return
                    "\(terminal.paint(level, finding.level.style))\(gap)  \(finding.check)\(padding)  \(terminal.retimed(finding.sentence))"
            }, ["findings": .array(findings.map(\.json))])
        return findings.first { $0.level == .fault }?.status
            ?? (findings.contains { $0.level == .warning } ? .differences : .ok)
    }
}
