import AMQP
import CancellationMessages
import EMSReinstatementMessages
import LedgerMessages
import LicenceSwapperMessages
import NotifierMessages
import OrderingMessages
import StrictJSON
import VOProvisioningMessages
import Vocabulary
import Wire
import WorkerKit

/// The `data` of every message there is: what is taken is written so that it is read back the same.
struct FormSubject: Subject {
    /// One type of message, and an example of it.
    private struct Form {
        let name: String
        let example: JSON
        let take: (JSON) throws -> Bool
    }

    private let forms: [Form]
    private let examples: [JSON]

    init(scratch: String) throws {
        forms = try Self.messages() + Self.told() + Self.replies(scratch)
        examples = forms.map(\.example)
    }

    func draw(_ mutator: inout Mutator) -> (form: Int, data: [UInt8]) {
        let form = mutator.number(below: forms.count)
        return (form, mutator.document(forms[form].example, among: examples))
    }

    func take(_ input: (form: Int, data: [UInt8])) throws -> Bool {
        guard let data = try? JSON(parsing: input.data) else { return false }
        return try forms[input.form].take(data)
    }

    static func bytes(of input: (form: Int, data: [UInt8])) -> [UInt8] {
        Array("form \(input.form): ".utf8) + input.data
    }

    // MARK: Forms

    private static func form<Value: Codable & Equatable>(_ type: Value.Type, _ example: JSON) -> Form {
        Form(name: "\(type)", example: example) { data in
            let value: Value
            do throws(DecodingFault) {
                value = try StrictDecoder.decode(type, from: data, path: ".data", unknownKeys: .ignored)
            } catch {
                guard !error.sentence.isEmpty else { throw BrokenPromise("it is refused without a word") }
                return false
            }
            guard let written = try? JSON(encoding: value),
                let again = try? StrictDecoder.decode(type, from: written)
            else { throw BrokenPromise("\(type) is taken, but not as it is written: \(value)") }
            guard again == value else {
                throw BrokenPromise("\(type) is written as something else: \(value)")
            }
            return true
        }
    }

    /// Workers' commands, events, handoffs, answers and effects, as they were approved.
    private static func messages() -> [Form] {
        let sets: [any MessageSet.Type] = [
            CancellationMessages.self, EMSReinstatementMessages.self, LicenceSwapperMessages.self,
            NotifierMessages.self, OrderingMessages.self, VOProvisioningMessages.self,
        ]
        func message<M: Message>(_ type: M.Type) -> [Form] {
            Examples.approved("\(M.Owner.worker)", "\(M.name)-v\(M.version)").map { [form(type, $0)] } ?? []
        }
        func answer<H: Handoff>(to type: H.Type) -> [Form] {
            Examples.approved("\(H.Owner.worker)", "\(H.name)-answer-v\(H.version)").map {
                [form(H.Answer.self, $0), form(Author.self, $0)]
            } ?? []
        }
        return sets.flatMap { set -> [Form] in
            set.commands.flatMap { message($0) } + set.events.flatMap { message($0) }
                + set.effects.flatMap { message($0) }
                + set.handoffs.flatMap { message($0) + answer(to: $0) }
        }
    }

    /// What workers tell the ledger.
    private static func told() throws -> [Form] {
        let told = try LedgerDesk.messages().compactMap { try? Envelope(parsing: $0.body) }
        return told.compactMap { envelope in
            switch envelope.type.name {
            case "turns": form(TurnRecords.self, envelope.data)
            case "pulse": form(Pulse.self, envelope.data)
            case RedriveLetters.name: form(RedriveLetters.self, envelope.data)
            case AskLetters.name: form(AskLetters.self, envelope.data)
            default: nil
            }
        }
    }

    /// What the ledger replies, and the command reads.
    private static func replies(_ scratch: String) throws -> [Form] {
        let desk = try LedgerDesk(scratch: scratch)
        for delivery in try LedgerDesk.history() { _ = try desk.take(delivery) }
        func reply<Q: Question>(to question: Q.Type, _ envelope: Envelope) -> Form? {
            envelope.type == Q.replyType ? form(Q.Reply.self, envelope.data) : nil
        }
        let questions: [any Question.Type] = [
            AskCase.self, AskCases.self, AskEntries.self, AskStatus.self, AskInbox.self, AskVerdict.self,
            AskHandoff.self, AskLetter.self, AskLetters.self, AskTasks.self, AskTask.self,
        ]
        let replies = try LedgerDesk.messages().flatMap { try desk.take($0).replies }
        return replies.flatMap { envelope in questions.compactMap { reply(to: $0, envelope) } }
    }
}
