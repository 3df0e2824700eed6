import CancellationMessages
import Rehearsal
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// Whoever fills in cancellation forms: mostly well, and in every way they should not.
struct FrontDesk {
    static let user: UserName = "front-desk"
    static let team: Team = "intake"
    static let products = ["mail-saas", "office-saas"]
    static let newProducts = ["archive", "calendar"]
    /// Begins the id of a firm whose form must be refused, whenever it comes: nothing may ever name it.
    static let refusedFirm = "refused"

    /// What licenses each of the products on Virtual Office, and the setup.
    static let licences = ["vo-setup", "vo-mail", "vo-office"]

    let caseNumber: Int
    let now: Timestamp
    /// Whether the firm moves to Virtual Office.
    var isMoving = false

    /// What may be wrong with a form, wherever and whenever it comes.
    private enum Flaw: CaseIterable {
        case namelessFirm, unknownProduct, noProducts, noBackup, backupAhead, misspeltField, missingField,
            otherProcess, unlicensedProduct
        case unknownType, unknownVersion, contradiction, garbage, tooLong
    }

    /// One case's form, and what else is sent about it.
    func errands(drawnWith random: inout SeededGenerator) -> [Errand] {
        let delay = random.duration(0...25_000)
        if random.chance(350) { return [bad(random.pick(Flaw.allCases), after: delay)] }
        let form = form(
            firm: "firm-\(caseNumber)", wantsTrial: Bool.random(using: &random),
            newProducts: Array(Self.newProducts.prefix(Int.random(in: 0...2, using: &random))))
        let move = Move(
            held: Array(Self.licences.prefix(Int.random(in: 0...3, using: &random))),
            isSingle: Bool.random(using: &random))
        let good = message(id: "form-\(caseNumber)", encoded(form, move))
        var errands = [errand(good, after: delay)]
        if random.chance(300) { errands.append(errand(good, after: random.duration(0...40_000))) }
        let other = self.form(firm: "other-\(caseNumber)", wantsTrial: false)
        if random.chance(150) {
            errands.append(
                errand(message(id: "form-\(caseNumber)", other), after: random.duration(0...40_000)))
        }
        if random.chance(150) {
            errands.append(
                errand(message(id: "again-\(caseNumber)", other), after: random.duration(0...40_000)))
        }
        return errands
    }

    /// A good form of a firm that wants everything.
    var errandAsMeant: Errand {
        let form = form(firm: "firm-\(caseNumber)", wantsTrial: true, newProducts: Self.newProducts)
        return errand(message(id: "form-\(caseNumber)", encoded(form, Move(isSingle: true))), after: .zero)
    }

    /// What a form says of the move; nothing of it stands in the form of a firm that stays local.
    private struct Move {
        var products = FrontDesk.products
        var held: [String] = []
        var isSingle = false
    }

    // MARK: Forms

    private func form(
        firm: String, products: [String] = products, backup: Backup? = nil, wantsTrial: Bool = false,
        newProducts: [String] = [], name: String? = nil
    ) -> CancellationForm {
        CancellationForm(
            firm: Firm(id: firm, name: name ?? "Firm \(caseNumber)"),
            netFirmAdministrator: "admin@example.com",
            products: products, backup: backup ?? Backup(confirmed: true, at: now - .seconds(600)),
            salesRepresentative: "sales@example.com", csRepresentative: "care@example.com",
            trialLicencesWanted: wantsTrial, newProducts: newProducts)
    }

    private func message(id: String, _ form: CancellationForm) -> Envelope { message(id: id, encoded(form)) }

    private func message(
        id: String, _ data: JSON, type: MessageType? = nil, process: ProcessName? = nil
    ) -> Envelope {
        Envelope(
            id: MessageID(stringLiteral: id), source: "/people/\(Self.user)",
            type: type ?? (isMoving ? VirtualOfficeForm.type : CancellationForm.type),
            subject: CaseID(process: process ?? self.process, id: "case-\(caseNumber)"), time: now, data: data)
    }

    private var process: ProcessName { isMoving ? .saasToVirtualOffice : .saasToLocal }

    private func errand(
        _ body: [UInt8], after delay: Duration, properties: MessageProperties = MessageProperties()
    ) -> Errand {
        let key = RoutingKey.start(process, by: Self.user.rawValue)
        return Errand(
            by: Self.user.rawValue, after: delay, Parcel(.commands, key, body), properties: properties)
    }

    private func errand(_ message: Envelope, after delay: Duration) -> Errand {
        errand(message.serialized(), after: delay)
    }

    private func bad(_ flaw: Flaw, after delay: Duration) -> Errand {
        let firm = "\(Self.refusedFirm)-\(caseNumber)"
        let id = "bad-\(caseNumber)"
        let good = form(firm: firm)
        switch flaw {
        case .namelessFirm: return errand(message(id: id, form(firm: firm, name: "")), after: delay)
        case .unknownProduct:
            return errand(message(id: id, form(firm: firm, products: ["mail-sass"])), after: delay)
        case .noProducts: return errand(message(id: id, form(firm: firm, products: [])), after: delay)
        case .noBackup:
            let backup = Backup(confirmed: false, at: now)
            return errand(message(id: id, form(firm: firm, backup: backup)), after: delay)
        case .backupAhead:
            let backup = Backup(confirmed: true, at: now + .seconds(30 * 86_400))
            return errand(message(id: id, form(firm: firm, backup: backup)), after: delay)
        case .misspeltField:
            return errand(message(id: id, encoded(good, renaming: "products", to: "prodcuts")), after: delay)
        case .missingField:
            return errand(message(id: id, encoded(good, renaming: "backup", to: nil)), after: delay)
        case .otherProcess:
            return errand(message(id: id, encoded(good), process: "document-change"), after: delay)
        case .unlicensedProduct:
            let move = isMoving ? Move(products: ["archive"]) : Move()
            let data = isMoving ? encoded(good, move) : encoded(form(firm: firm, products: ["calender"]))
            return errand(message(id: id, data), after: delay)
        case .unknownType:
            let type: MessageType = "cancellation.cancelation-form.v1"
            return errand(message(id: id, encoded(good), type: type), after: delay)
        case .unknownVersion:
            let type: MessageType = "cancellation.cancellation-form.v9"
            return errand(message(id: id, encoded(good), type: type), after: delay)
        case .contradiction:
            let properties = MessageProperties(messageID: "\(id)-x")
            return errand(message(id: id, good).serialized(), after: delay, properties: properties)
        case .garbage: return errand(Array("case \(caseNumber): please cancel {".utf8), after: delay)
        case .tooLong: return errand(Array(repeating: UInt8(ascii: "x"), count: 256 * 1024 + 1), after: delay)
        }
    }

    private func encoded(_ form: CancellationForm, renaming field: String, to other: String?) -> JSON {
        var members = JSONObject(encoding: form)
        if let value = members[field] {
            members[field] = nil
            if let other { members[other] = value }
        }
        return wrapped(.object(members))
    }

    private func encoded(_ form: CancellationForm, _ move: Move = Move()) -> JSON {
        wrapped(.object(JSONObject(encoding: form)), move)
    }

    private func wrapped(_ cancellation: JSON, _ move: Move = Move()) -> JSON {
        guard isMoving else { return cancellation }
        return [
            "cancellation": cancellation, "productsToMove": .array(move.products.map(JSON.string)),
            "virtualOfficeLicencesHeld": .array(move.held.map(JSON.string)),
            "singleProposalWanted": .bool(move.isSingle),
        ]
    }
}
