import CancellationMessages
import EMSReinstatementMessages
import OrderingMessages
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// What teams say, right and wrong.
extension AnsweringTeam {
    /// Begins whatever goes further of an answer that must be refused: no worker may ever repeat it.
    static let refusedMark = "refused-"

    /// A good answer and its author.
    func good(by person: Person? = nil, onBehalf: String? = nil) -> JSONObject {
        answer(by: person ?? taker ?? "ada@example.com", onBehalf: onBehalf)
    }

    /// An answer that is well-formed, and marked; something is still to be made wrong in it.
    var refused: JSONObject {
        answer(by: taker ?? Person(stringLiteral: "\(Self.refusedMark)mallory"), mark: Self.refusedMark)
    }

    /// The good answer in several, where that may be.
    var parts: [JSONObject] {
        let (list, field) =
            switch question.type {
            case ReinstateProducts.type: (asked.texts("products"), "reinstated")
            case ConfirmSignatures.type: (asked.texts("documents"), "documents")
            default: ([String](), "")
            }
        return list.isEmpty ? [good()] : list.map { good().merging([field: .array([.string($0)])]) }
    }

    /// A number for renewal and proposal alike, which only one of them may have; nothing in other answers.
    var sharedNumber: JSONObject {
        switch question.type {
        case SendRenewal.type, MakeProposal.type:
            ["number": .string("shared-\(question.subject?.description ?? "")")]
        default: [:]
        }
    }

    /// What breaks a rule of the question, in fields of the right form.
    var wrongValue: JSONObject {
        switch question.type {
        case TakeCancellation.type: ["role": "intern"]
        case ProvideTrial.type: ["restored": false]
        case ProcessCancellation.type:
            ["confirmation": .string(Self.refusedMark + String(repeating: "9", count: 64))]
        case ReinstateProducts.type:
            ["reinstated": .array((asked.texts("products") + ["spreadsheet"]).map(JSON.string))]
        case SendRenewal.type: ["total": "0.01"]
        case MakeProposal.type: ["lines": [["product": "mail-saas", "price": "1.00"]], "total": "1.00"]
        case ConfirmSignatures.type:
            ["documents": .array((asked.texts("documents") + ["unknown"]).map(JSON.string))]
        case ProcessOrder.type: ["licencesReady": false]
        default: ["downloaded": false]
        }
    }

    /// Who took the cancellation, where only that person may answer.
    private var taker: Person? { asked["taker"]?.stringValue.flatMap { Person(rawValue: $0) } }

    private func answer(by person: Person, onBehalf: String? = nil, mark: String = "") -> JSONObject {
        fields(mark: mark).merging(JSONObject(encoding: Author(by: person, onBehalf: onBehalf)))
    }

    private func fields(mark: String) -> JSONObject {
        let number = mark + number
        switch question.type {
        case TakeCancellation.type: return JSONObject(encoding: TakeCancellation.Answer(role: .specialist))
        case ProvideTrial.type:
            return JSONObject(
                encoding: ProvideTrial.Answer(restored: true, at: now, saidBy: "wanda@firm.example"))
        case ProcessCancellation.type:
            return JSONObject(encoding: ProcessCancellation.Answer(confirmation: number, at: now))
        case ReinstateProducts.type:
            return JSONObject(
                encoding: ReinstateProducts.Answer(ticket: number, reinstated: asked.texts("products")))
        case SendRenewal.type, MakeProposal.type: return JSONObject(encoding: document(number))
        case ConfirmSignatures.type:
            return JSONObject(
                encoding: ConfirmSignatures.Answer(
                    documents: asked.texts("documents"), signedBy: "wanda@firm.example", at: now))
        case ProcessOrder.type:
            return JSONObject(encoding: ProcessOrder.Answer(order: number, licencesReady: true))
        case ConfirmDownload.type:
            return JSONObject(
                encoding: ConfirmDownload.Answer(downloaded: true, at: now, saidBy: "wanda@firm.example"))
        default: preconditionFailure("\(question.type) is asked, but no team of the scenario can answer it")
        }
    }

    private func document(_ number: String) -> OrderDocument {
        let price = Money(hundredths: 15_708)
        let lines = asked.texts("products").map { OrderDocument.Line(product: $0, price: price) }
        return OrderDocument(
            number: number, lines: lines, total: lines.reduce(Money.zero) { $0 + $1.price })
    }
}

extension JSON {
    /// A list of texts.
    fileprivate func texts(_ field: String) -> [String] {
        self[field]?.arrayValue?.compactMap(\.stringValue) ?? []
    }
}
