package import Vocabulary

/// Which letters are meant: those that meet every condition that is set.
package struct LetterFilter: Codable, Equatable, Sendable {
    /// Of this worker.
    package var worker: WorkerName?
    /// Of cases of this process.
    package var process: ProcessName?
    /// Of this case.
    package var caseID: CaseID?
    /// Of this kind of trouble, such as `crash-loop`, or `unheard`.
    package var reason: String?
    /// Whose sentence contains this text, in any case of letters.
    package var text: String?
    /// Set aside before this moment.
    package var before: Timestamp?
    /// Set aside at this moment or later.
    package var since: Timestamp?
    /// In this state; of those that wait for somebody where it is `nil`.
    package var state: LetterState?

    /// Names on the wire: `case` is a word of Swift.
    enum CodingKeys: String, CodingKey {
        case caseID = "case"
        case worker, process, reason, text, before, since, state
    }

    /// Every open letter, unless conditions are set.
    package init(
        worker: WorkerName? = nil, process: ProcessName? = nil, caseID: CaseID? = nil, reason: String? = nil,
        text: String? = nil, before: Timestamp? = nil, since: Timestamp? = nil, state: LetterState? = nil
    ) {
        self.worker = worker
        self.process = process
        self.caseID = caseID
        self.reason = reason
        self.text = text
        self.before = before
        self.since = since
        self.state = state
    }

    /// Whether it names any condition beside the state.
    package var isNarrow: Bool {
        worker != nil || process != nil || caseID != nil || reason != nil || text != nil || before != nil
            || since != nil
    }
}
