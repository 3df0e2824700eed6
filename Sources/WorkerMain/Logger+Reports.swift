import Engine
import Logging

extension Logger {
    /// Logs what an engine tells: routine at debug, what people did wrong at info, what wants an operator above.
    func log(_ report: Report) {
        switch report {
        case .settled(let settled): log(settled)
        case .storeGone(let why):
            warning(
                "The store does not answer; nothing is taken until it does",
                metadata: [LogKey.reason: "\(why)"])
        case .storeBack: notice("The store answers again")
        case .outboxFull(let rows):
            warning(
                "The outbox is full; nothing is taken until it shrinks", metadata: [LogKey.count: "\(rows)"])
        case .takingAgain: notice("The outbox has shrunk; messages are taken again")
        case .cautious:
            warning("The last run did not end in order; messages that came back are taken one at a time")
        case .effectBlocked(let type, let why):
            error(
                "What is to be done outside waits for its configuration",
                metadata: [LogKey.type: "\(type)", LogKey.reason: "\(why)"])
        case .stranded(let row, let why):
            error(
                "The broker takes neither a message nor its dead letter; it stays in the outbox",
                metadata: [LogKey.row: "\(row)", LogKey.reason: "\(why)"])
        }
    }

    private func log(_ settled: Report.Settled) {
        // Told of every message; its words are put together only where somebody reads them.
        guard logLevel <= settled.level else { return }
        var metadata: Metadata = [LogKey.outcome: "\(settled.outcome)"]
        if let sender = settled.sender { metadata[LogKey.sender] = "\(sender)" }
        if let trouble = settled.trouble { metadata[LogKey.trouble] = "\(trouble.rawValue)" }
        if let id = settled.id { metadata[LogKey.message] = "\(id)" }
        if let caseID = settled.caseID { metadata[LogKey.caseID] = "\(caseID)" }
        log(level: settled.level, "A message was settled", metadata: metadata)
    }
}

extension Report.Settled {
    /// How much the outcome matters to whoever runs the worker.
    fileprivate var level: Logger.Level {
        switch outcome {
        case "dead": .warning
        case "refused": .info
        default: .debug
        }
    }
}
