import Engine
import StrictJSON
import Vocabulary
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
    package var records: [TurnRecord] { told(TurnRecords.self, "turns").flatMap(\.turns) }

    /// The answers to trials, in order.
    package var trials: [TurnTrial] { told(TurnTrial.self, "trial") }

    /// What the ledger is told in messages of a name.
    private func told<Told: Decodable>(_ type: Told.Type, _ name: String) -> [Told] {
        publishedRows.map(\.message).filter { $0.exchange == Exchange.records.rawValue }.compactMap {
            message in
            guard let envelope = try? Envelope(parsing: message.body) else {
                preconditionFailure("no record: \(String(decoding: message.body, as: UTF8.self))")
            }
            guard envelope.type.name == name else { return nil }
            do {
                return try StrictDecoder.decode(
                    Told.self, from: envelope.data, path: ".data", unknownKeys: .refused)
            } catch {
                preconditionFailure("a record cannot be read back: \(error)")
            }
        }
    }

    /// Acknowledged tags, in order.
    package var acknowledged: [UInt64] {
        compactMap { if case .acknowledge(let tag) = $0 { tag } else { nil } }
    }

    /// Effects that are to be tried.
    package var runs: [EffectRow] { compactMap { if case .run(let row, _) = $0 { row } else { nil } } }
}
