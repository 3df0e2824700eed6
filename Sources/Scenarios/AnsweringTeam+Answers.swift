import CancellationMessages
import EMSReinstatementMessages
import LicenceSwapperMessages
import OrderingMessages
import StrictJSON
import VOProvisioningMessages
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
            case LoadProducts.type where !hasPassed: (asked.texts("products"), "loaded")
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
        case AcceptMove.type: ["accepted": false]
        case ArrangeWindow.type: ["end": .string((window + .seconds(4 * 3600 - 60)).description)]
        case LoadProducts.type: ["loaded": ["spreadsheet"], "missed": false]
        case CombineProposal.type: ["total": "0.01"]
        case UpdateLicences.type: ["updated": false]
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
        case AcceptMove.type: return JSONObject(encoding: AcceptMove.Answer(accepted: true))
        case ArrangeWindow.type:
            return JSONObject(
                encoding: ArrangeWindow.Answer(start: window, agreedWith: "wanda@firm.example"))
        case LoadProducts.type:
            guard !hasPassed else { return missed }
            return JSONObject(
                encoding: LoadProducts.Answer(loaded: asked.texts("products"), at: earliest))
        case CombineProposal.type: return JSONObject(encoding: combined(number))
        case UpdateLicences.type:
            return JSONObject(encoding: UpdateLicences.Answer(updated: true, at: earliest))
        default: preconditionFailure("\(question.type) is asked, but no team of the scenario can answer it")
        }
    }

    private func document(_ number: String) -> OrderDocument {
        let price = Money(hundredths: 15_708)
        let lines = (asked.texts("products") + asked.texts("licences")).map {
            OrderDocument.Line(product: $0, price: price)
        }
        return OrderDocument(
            number: number, lines: lines, total: lines.reduce(Money.zero) { $0 + $1.price })
    }
}

// MARK: - Virtual Office

extension AnsweringTeam {
    /// The next window that can be agreed: soon, and wholly inside the technicians' hours. Of two rounds never the same,
    /// as what is told of the one could not be told from what is told of the other.
    private var window: Timestamp {
        let later = Duration.seconds(60) * ((asked["round"]?.integerValue ?? 1) - 1)
        let soon = now + .seconds(40) + later
        let calendar = SaaSToVirtualOffice.hours
        guard !calendar.contains(soon..<soon + ArrangeWindow.length) else { return soon }
        let closing = calendar.isOpen(at: soon) ? calendar.nextClosing(after: soon) ?? soon : soon
        return calendar.nextOpening(after: closing) + later
    }

    /// The first moment from now on at which an answer can be true: once the window begins, once the order is known.
    var earliest: Timestamp { max(now, asked.moment("start") ?? asked.moment("orderedAt") ?? now) }

    /// Whether the window in which it was to be done is over.
    var hasPassed: Bool { asked.moment("end").map { $0 < now } ?? false }

    /// That the window was missed.
    var missed: JSONObject {
        JSONObject(encoding: LoadProducts.Answer(missedBecause: "the line was down"))
    }

    private func combined(_ number: String) -> CombinedProposal {
        guard
            let question = try? StrictDecoder.decode(
                CombineProposal.self, from: asked, path: ".question", unknownKeys: .ignored)
        else { preconditionFailure("a team cannot read \(asked.text)") }
        let products = question.proposal.lines.map(\.product) + question.owed.map(\.product)
        return CombinedProposal(
            number: number, lines: question.proposal.lines,
            renewals: question.owed.map { .init(family: $0.family, price: $0.price, taxable: true) },
            note: products.joined(separator: ", "),
            total: question.owed.reduce(question.proposal.total) { $0 + $1.price })
    }
}

extension JSON {
    fileprivate func moment(_ field: String) -> Timestamp? {
        self[field]?.stringValue.flatMap { Timestamp(rawValue: $0) }
    }

    /// A list of texts.
    fileprivate func texts(_ field: String) -> [String] {
        self[field]?.arrayValue?.compactMap(\.stringValue) ?? []
    }
}
