import Logging
import Testing
import Vocabulary

@testable import Engine
@testable import WorkerMain

@Suite("The log") struct StandardErrorLogTests {
    private let noon = Timestamp(milliseconds: 0)

    private func line(_ message: Logger.Message, _ level: Logger.Level = .info, journal: Bool = false)
        -> String
    {
        var log = StandardErrorLog(label: "cancellation", isForJournal: journal, logLevel: .trace)
        log.metadata = ["b": "2"]
        let event = LogEvent(
            level: level, message: message, metadata: ["a": "1"], source: "", file: "", function: "", line: 0)
        return log.line(for: event, at: noon)
    }

    @Test("A terminal sees time, level, worker, message and metadata in order")
    func terminal() {
        #expect(line("Stopping") == "1970-01-01T00:00:00Z info cancellation: Stopping a=1 b=2")
    }

    @Test(
        "The journal gets the priority of each level and leaves time and name to itself",
        arguments: zip(Logger.Level.allCases, [7, 7, 6, 5, 4, 3, 2]))
    func journal(level: Logger.Level, priority: Int) {
        #expect(line("Stopping", level, journal: true) == "<\(priority)>Stopping a=1 b=2")
    }

    @Test("No value can begin a line of its own")
    func controlCharacters() {
        #expect(line("a\n<0>b\u{1B}[31m", journal: true) == #"<6>a\n<0>b\u{1B}[31m a=1 b=2"#)
    }

    @Test("Standard error is the journal only where it is the stream that systemd named")
    func journalStream() {
        #expect(!StandardErrorLog.isJournal([:]))
        #expect(!StandardErrorLog.isJournal(["JOURNAL_STREAM": "1:1"]))
    }

    @Test(
        "Routine is logged at debug, what people did wrong at info, what needs an operator above",
        arguments: [
            (settled("applied"), Logger.Level.debug), (settled("duplicate"), .debug),
            (settled("early"), .debug),
            (settled("refused"), .info), (settled("dead"), .warning), (.storeGone("locked"), .warning),
            (.storeBack, .notice), (.outboxFull(rows: 1), .warning), (.takingAgain, .notice),
            (.cautious, .warning),
            (.stranded(7, why: "403"), .error),
        ])
    func levels(report: Report, level: Logger.Level) {
        let capture = LogCapture()
        capture.logger.log(report)
        #expect(capture.levels == [level])
    }

    private static func settled(_ outcome: String) -> Report {
        .settled(Report.Settled(outcome: outcome, trouble: nil, sender: nil, id: "1", caseID: nil))
    }
}
