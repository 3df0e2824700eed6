import Engine

extension [Action] {
    /// How deliveries ended, in order.
    package var settled: [Report.Settled] {
        compactMap { if case .report(.settled(let settled)) = $0 { settled } else { nil } }
    }

    /// The outcomes alone: `applied`, `duplicate`, `early`, `refused`, `dead`.
    package var outcomes: [String] { settled.map(\.outcome) }

    /// News other than settled deliveries.
    package var news: [Report] {
        compactMap { action in
            guard case .report(let report) = action else { return nil }
            if case .settled = report { return nil }
            return report
        }
    }

    /// Rows for the broker.
    package var publishedRows: [OutboxRow] {
        flatMap { if case .publish(let rows) = $0 { rows } else { [OutboxRow]() } }
    }

    /// What goes to the broker, read back.
    package var sent: [Sent] { publishedRows.map { Sent($0.message) } }

    /// Acknowledged tags, in order.
    package var acknowledged: [UInt64] {
        compactMap { if case .acknowledge(let tag) = $0 { tag } else { nil } }
    }

    /// Effects that are to be tried.
    package var runs: [EffectRow] { compactMap { if case .run(let row, _) = $0 { row } else { nil } } }
}
