internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// A letter for whoever is to resolve it.
struct LetterText {
    let letter: Letter
    let terminal: Terminal
    /// Whether its headers are told.
    let hasHeaders: Bool

    /// All of it: why it is one, what it holds, what was done, what could be.
    var lines: [String] {
        let summary = letter.summary
        return ["\(terminal.paint(summary.reason, .red)): \(terminal.retimed(summary.why))", ""] + facts
            + section("Headers", hasHeaders ? headers : [])
            + section(letter.body == nil ? "What it holds begins with" : "What it holds", body)
            + section("What was done", letter.history.map { told($0) })
            + section("What a redrive would do", trial) + section("What to do", advice)
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", terminal.paint(title, .bold)] + lines.map { "  \($0)" }
    }

    private var facts: [String] {
        let summary = letter.summary
        var facts = [("Letter", summary.id), ("State", summary.state.rawValue), ("Queue", summary.queue)]
        func add(_ name: String, _ value: String?) {
            if let value { facts.append((name, value)) }
        }
        add("Set aside", "\(terminal.time(summary.at)) (\(terminal.zoneName))\(tries)")
        add("Type", summary.type?.description)
        add("Sender", summary.sender?.name)
        add("Case", summary.caseID?.rawValue)
        add("Case now", letter.caseNow.map { state(of: $0) })
        add("Handoff", summary.handoff)
        if let exchange = letter.exchange, let key = letter.routingKey {
            add("Came by", "\(exchange.isEmpty ? "the default exchange" : exchange) with key \(key)")
        }
        add("Redrive", letter.redrive.map { "would be number \($0)" })
        add("Size", "\(letter.sizeBytes) bytes")
        return Self.aligned(facts)
    }

    private var tries: String {
        let summary = letter.summary
        guard summary.attempts > 1 else { return "" }
        return ", for the first time \(terminal.time(summary.firstAt)), tried \(summary.attempts) times"
    }

    private func state(of found: CaseSummary) -> String {
        guard let waiting = found.waitingFor.first else { return terminal.state(of: found) }
        return "\(terminal.state(of: found)), waits for \(waiting.team) until \(terminal.time(waiting.due))"
    }

    private var headers: [String] { Self.aligned(letter.headers.sorted { $0.key < $1.key }) }

    private static func aligned(_ facts: [(String, String)]) -> [String] {
        let width = facts.map(\.0.count).max() ?? 0
        return facts.map { $0.0 + String(repeating: " ", count: width - $0.0.count + 2) + $0.1 }
    }

    private var body: [String] {
        letter.body.map { $0.indentedText.split(separator: "\n").map(String.init) }
            ?? letter.excerpt.map { [$0] } ?? ["(nothing of it is kept)"]
    }

    // MARK: What was done, and could be

    private func told(_ event: LetterEvent) -> String {
        let who =
            event.user.map { user in event.by.map { "\($0) (\(user))" } ?? user.rawValue } ?? "the ledger"
        let outcome = event.result.map { " → \(ResultText.outcome(of: $0, terminal))" } ?? ""
        return "\(terminal.time(event.at))  \(event.state.deed) by \(who): \(terminal.retimed(event.why))"
            + outcome
    }

    private var trial: [String] {
        letter.trial.map { TrialText(trial: $0, terminal: terminal).lines } ?? []
    }

    /// What each does, and below it the command, which is not cut or broken: it is there to be copied.
    private var advice: [String] {
        letter.advice.flatMap { ["\(terminal.retimed($0.what)):", "    \($0.command)"] }
    }
}

extension LetterState {
    /// What was done to what is in this state now.
    fileprivate var deed: String {
        switch self {
        case .open: "opened again"
        case .redriven: "sent back"
        case .edited: "edited and sent"
        case .discarded: "discarded"
        case .moot: "marked as moot"
        case .removed: "found removed"
        }
    }
}
