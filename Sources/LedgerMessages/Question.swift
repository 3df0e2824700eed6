package import Vocabulary

/// Something that people ask the ledger, over direct reply-to.
///
/// A question is an envelope of type `ledger.<name>.v1` whose `data` is the value; it is published to
/// ``Exchange/questions`` under the key of the role it is asked in. The reply is an envelope of type
/// `ledger.<name>-reply.v1` whose `data` is a ``Reply``, or of type ``QuestionRefused/type``; its
/// `correlationid` is the question's `id`.
package protocol Question: Codable, Equatable, Sendable {
    /// What the ledger answers.
    associatedtype Reply: Codable, Equatable, Sendable

    /// The kebab-case name of the question.
    static var name: String { get }
}

extension Question {
    /// The type of the question's envelope.
    package static var type: MessageType { MessageType(stringLiteral: "ledger.\(name).v1") }
    /// The type of the reply's envelope.
    package static var replyType: MessageType { MessageType(stringLiteral: "ledger.\(name)-reply.v1") }
}

/// What the ledger says where it does not answer.
package struct QuestionRefused: Error, Codable, Equatable, Sendable, CustomStringConvertible {
    /// The type of its envelope.
    package static let type: MessageType = "ledger.question-refused.v1"

    /// Why, for programs.
    package let reason: Reason
    /// Why, in one sentence that says what to do.
    package let why: String

    /// The kinds of refusal.
    package enum Reason: String, CaseIterable, Codable, Sendable {
        /// The question cannot be read, or asks for something impossible.
        case malformed
        /// The asker's role does not reach so far.
        case notAllowed = "not-allowed"
        /// There is no such thing, or none that the asker may see; the two are not told apart.
        case notFound = "not-found"
    }

    /// Refuses.
    package init(_ reason: Reason, _ why: String) {
        self.reason = reason
        self.why = why
    }

    /// The sentence.
    package var description: String { why }
}
