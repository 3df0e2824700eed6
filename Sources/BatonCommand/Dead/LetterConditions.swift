internal import ArgumentParser
internal import LedgerMessages
internal import Vocabulary
internal import Wire

/// Which letters are meant: those that meet every condition that is named.
struct LetterConditions: ParsableArguments {
    @Option(
        help: .init("Only letters of this worker.", valueName: "worker"), transform: { try WorkerName($0) })
    var worker: WorkerName?

    @Option(
        help: .init("Only letters of cases of this process.", valueName: "process"),
        transform: { try ProcessName($0) })
    var process: ProcessName?

    @Option(
        name: .customLong("case"),
        help: .init("Only letters of this case, such as saas-to-local/firm-4711.", valueName: "case"),
        transform: { try CaseID($0) })
    var caseID: CaseID?

    @Option(
        help: .init("Only letters of this kind of trouble, such as crash-loop or unheard.", valueName: "kind")
    )
    var kind: String?

    @Option(help: .init("Only letters whose sentence contains this.", valueName: "text"))
    var text: String?

    @Option(
        help: .init(
            "Only letters set aside longer ago than this, such as 2h or 3d, or before an RFC 3339 time.",
            valueName: "age"))
    var olderThan: Age?

    @Option(
        help: .init(
            "Only letters set aside within this, such as 2h or 3d, or since an RFC 3339 time.",
            valueName: "age"))
    var newerThan: Age?

    /// Whether none is named.
    var isEmpty: Bool {
        worker == nil && process == nil && caseID == nil && kind == nil && text == nil && olderThan == nil
            && newerThan == nil
    }

    /// The filter; what is so long ago is reckoned from the ledger's time, by which letters are dated.
    func filter(state: LetterState?, _ conversation: Conversation) throws -> LetterFilter {
        func now() throws -> Timestamp {
            try conversation.ask(AskStatus(), naturallyAs: .operator).value.now
        }
        return LetterFilter(
            worker: worker, process: process, caseID: caseID, reason: kind, text: text,
            before: try olderThan?.moment(now: now), since: try newerThan?.moment(now: now), state: state)
    }
}
