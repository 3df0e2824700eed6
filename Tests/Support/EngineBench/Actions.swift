import Engine
import StrictJSON
import Wire

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

    /// What goes to the broker, read back; without the records.
    package var sent: [Sent] {
        publishedRows.map(\.message).filter { $0.exchange != Exchange.records.rawValue }.map(Sent.init)
    }

    /// The records of the turns, in order.
    package var records: [TurnRecord] {
        publishedRows.map(\.message).filter { $0.exchange == Exchange.records.rawValue }.flatMap { message in
            guard let envelope = try? Envelope(parsing: message.body),
                let records = try? StrictDecoder.decode(
                    TurnRecords.self, from: envelope.data, path: ".data", unknownKeys: .refused)
            else {
                preconditionFailure(
                    "a record cannot be read back: \(String(decoding: message.body, as: UTF8.self))")
            }
            return records.turns
        }
    }

    /// Acknowledged tags, in order.
    package var acknowledged: [UInt64] {
        compactMap { if case .acknowledge(let tag) = $0 { tag } else { nil } }
    }

    /// Effects that are to be tried.
    package var runs: [EffectRow] { compactMap { if case .run(let row, _) = $0 { row } else { nil } } }
}
