public import Vocabulary

/// One question to one team: what to do, what a good answer is, and by when.
///
/// The value itself is the question. The engine asks it, checks what comes back, and keeps the clock; a
/// worker only says what follows from the answer.
public protocol Handoff: Message {
    /// The fields of a good answer.
    associatedtype Answer: Codable, Equatable, Sendable

    /// The team that is asked, and the only one that may answer.
    static var team: Team { get }

    /// When the answer is due on the team's calendar, counted from the moment it is asked. Default: one
    /// business day.
    static var due: BusinessDuration { get }

    /// When the team is reminded, counted like ``due``; `nil`: at half of it. Default: `nil`.
    static var reminder: BusinessDuration? { get }

    /// How long after it was overdue, or declined even later, the handoff is stuck. Default: one business day.
    static var escalation: BusinessDuration { get }

    /// Whether what the answer reports can still be undone. Default: `true`.
    static var isReversible: Bool { get }

    /// The moment before which the team cannot begin, such as the start of an agreed window; its time runs from
    /// there. Default: `nil`, its time runs from when it is asked.
    var notBefore: Timestamp? { get }

    /// What is to be done, in a line.
    var title: String { get }

    /// What the team needs to know to do it, a line each.
    var lines: [String] { get }

    /// Says what in a well-formed answer breaks a rule; one finding is enough to refuse it.
    func check(_ answer: Answer, _ checks: inout Checks)

    /// What is still asked after this answer; `nil` when it answers everything. Default: `nil`.
    ///
    /// While something remains the handoff stays open, and the next answer is checked against the rest.
    func rest(after answer: Answer) -> Self?
}

extension Handoff {
    /// The default of the processes.
    public static var due: BusinessDuration { .days(1) }
    /// Half of the time it has.
    public static var reminder: BusinessDuration? { nil }
    /// The default of the processes.
    public static var escalation: BusinessDuration { .days(1) }
    /// A team may begin at once.
    public var notBefore: Timestamp? { nil }
    /// Most steps can be undone.
    public static var isReversible: Bool { true }
    /// Nothing beyond the title.
    public var lines: [String] { [] }
    /// An answer that its types say everything about.
    public func check(_ answer: Answer, _ checks: inout Checks) {}
    /// An answer always answers everything.
    public func rest(after answer: Answer) -> Self? { nil }

    /// The type of a message that answers it: its own name with `-answer`.
    public static var answerType: MessageType {
        MessageType(declared: "\(name)-answer", of: Owner.worker, version: version)
    }
}

/// What a question says to people; on the wire it stands beside the question's own fields.
public struct Saying: Codable, Equatable, Sendable {
    /// What is to be done, in a line.
    public let title: String
    /// What the team needs to know to do it, a line each.
    public let lines: [String]

    /// Says it.
    public init(title: String, lines: [String]) {
        self.title = title
        self.lines = lines
    }
}

/// Who answered: the team the broker proved, and the person who speaks for it.
///
/// In an answer's `data` these stand beside the handoff's own fields.
public struct Author: Codable, Equatable, Sendable {
    /// The person, as the team names them.
    public let by: Person

    /// The reason for answering in another's place; needed where only one person may answer.
    public let onBehalf: String?

    /// The answer's revision: the same revision with other content is refused. Absent: 1.
    public let revision: Int?

    /// Says who answered.
    public init(by person: Person, onBehalf: String? = nil, revision: Int? = nil) {
        self.by = person
        self.onBehalf = onBehalf
        self.revision = revision
    }
}

/// An answer with the question it answers and the person who gave it; its own fields read as if they stood
/// here.
@dynamicMemberLookup
public struct AnswerTo<H: Handoff>: Sendable {
    /// The question as it was open when the answer came.
    public let question: H
    /// The answer's own fields.
    public let answer: H.Answer
    /// Who gave it.
    public let author: Author

    /// Whether nothing of the question remains.
    public var isComplete: Bool { question.rest(after: answer) == nil }

    /// A field of the answer.
    public subscript<Value>(dynamicMember field: KeyPath<H.Answer, Value>) -> Value { answer[keyPath: field] }
}
