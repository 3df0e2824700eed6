public import Vocabulary

/// What a worker would do with a letter that is sent back to it: that turn, made and not committed.
///
/// Asked for by ``Header/trial`` on ``Exchange/redrive``; answered to ``Exchange/records``.
public struct TurnTrial: Codable, Equatable, Sendable {
    /// The question, as the header had it.
    public let question: String
    /// The turn, with the events that were early and would now be taken after it; the letter's own in front.
    public let turns: [TurnRecord]

    /// Answers.
    public init(question: String, turns: [TurnRecord]) {
        self.question = question
        self.turns = turns
    }

    /// The type of the message that carries a worker's answer.
    public static func type(of worker: WorkerName) -> MessageType {
        MessageType(stringLiteral: "\(worker).trial.v1")
    }
}
