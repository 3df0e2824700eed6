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

    /// Whom forms name, by their addresses.
    static let addresses = [administrator, salesRepresentative, csRepresentative]
    private static let administrator: EmailAddress = "admin@example.com"
    private static let salesRepresentative: EmailAddress = "sales@example.com"
    private static let csRepresentative: EmailAddress = "care@example.com"

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
        if random.chance(200) { errands += withdrawals(drawnWith: &random) }
        return errands
    }

    // MARK: Withdrawals

    /// What may be wrong with a withdrawal.
    private enum Slip: CaseIterable {
        case unknownCase, otherProcess, otherType, noReason, noCase
    }

    /// The firm has thought better of it: at once, while teams are at work, or long after; perhaps twice.
    private func withdrawals(drawnWith random: inout SeededGenerator) -> [Errand] {
        let delay = random.duration(random.pick([0...10_000, 5_000...150_000, 3_600_000...300_000_000]))
        let caseID = CaseID(process: process, id: "case-\(caseNumber)")
        var errands = [Self.withdrawal(of: caseID, id: "withdraw-\(caseNumber)", at: now, after: delay)]
        if random.chance(300) {
            errands.append(
                Self.withdrawal(
                    of: caseID, id: "withdraw-\(caseNumber)-again", at: now,
                    after: delay + random.duration(0...20_000)))
        }
        if random.chance(300) { errands.append(mistaken(random.pick(Slip.allCases), after: delay)) }
        return errands
    }

    /// Takes a case back.
    static func withdrawal(
        of caseID: CaseID?, from process: ProcessName? = nil, id: String, at now: Timestamp,
        after delay: Duration,
        type: MessageType = Withdraw.type(of: CancellationMessages.worker), reason: String = "the firm stays"
    ) -> Errand {
        let message = Envelope(
            id: MessageID(stringLiteral: id), source: "/people/\(user)", type: type, subject: caseID,
            time: now, data: ["by": "ines@example.com", "reason": .string(reason)])
        let key = RoutingKey.withdraw(process ?? caseID?.process ?? .saasToLocal, by: user.rawValue)
        return Errand(by: user.rawValue, after: delay, Parcel(.commands, key, message.serialized()))
    }

    private func mistaken(_ slip: Slip, after delay: Duration) -> Errand {
        let caseID = CaseID(process: process, id: "case-\(caseNumber)")
        let id = "mistaken-\(caseNumber)"
        switch slip {
        case .unknownCase:
            let unknown: CaseID = "saas-to-local/nobodys"
            return Self.withdrawal(of: unknown, id: id, at: now, after: delay)
        case .otherProcess:
            let other: CaseID = "document-change/case-1"
            return Self.withdrawal(of: other, from: process, id: id, at: now, after: delay)
        case .otherType:
            return Self.withdrawal(of: caseID, id: id, at: now, after: delay, type: CancellationForm.type)
        case .noReason: return Self.withdrawal(of: caseID, id: id, at: now, after: delay, reason: "")
        case .noCase: return errand(Array("please stop {".utf8), after: delay)
        }
    }

    /// A good form of a firm that wants everything.
    var errandAsMeant: Errand {
        let form = form(firm: "firm-\(caseNumber)", wantsTrial: true, newProducts: Self.newProducts)
        return errand(message(id: "form-\(caseNumber)", encoded(form, Move(isSingle: true))), after: .zero)
    }

    /// What an operator makes of a form that nobody can read: the one that was meant; `nil` where nobody can tell.
    static func meant(by letter: Parcel, at now: Timestamp) -> JSON? {
        let written = String(decoding: letter.body, as: UTF8.self)
        guard written.hasPrefix(unreadable),
            let number = Int(written.dropFirst(unreadable.count).prefix { $0.isNumber }),
            case .start(let process, _) = Origin(exchange: letter.exchange, routingKey: letter.routingKey)
        else { return nil }
        let desk = FrontDesk(caseNumber: number, now: now, isMoving: process == .saasToVirtualOffice)
        // Written anew it has an id of its own: what it says of the backup counts from now.
        let id = "meant-\(number)-\(now.milliseconds)"
        let message = desk.message(id: id, desk.encoded(desk.form(firm: "meant-\(number)")))
        return try? JSON(parsing: message.serialized())
    }

    /// How a form begins that nobody can read.
    private static let unreadable = "case "

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
            netFirmAdministrator: Self.administrator,
            products: products, backup: backup ?? Backup(confirmed: true, at: now - .seconds(600)),
            salesRepresentative: Self.salesRepresentative, csRepresentative: Self.csRepresentative,
            trialLicencesWanted: wantsTrial, newProducts: newProducts)
    }

    private func message(id: String, _ form: CancellationForm) -> Envelope { message(id: id, encoded(form)) }

    private func message(
        id: String, _ data: JSON, type: MessageType? = nil, process: ProcessName? = nil
    ) -> Envelope {
        Envelope(
            id: MessageID(stringLiteral: id), source: "/people/\(Self.user)",
            type: type ?? (isMoving ? VirtualOfficeForm.type : CancellationForm.type),
            subject: CaseID(process: process ?? self.process, id: "case-\(caseNumber)"), time: now, data: data
        )
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
            let name = isMoving ? VirtualOfficeForm.name : CancellationForm.name
            let type = MessageType(stringLiteral: "\(CancellationMessages.worker).\(name).v9")
            return errand(message(id: id, encoded(good), type: type), after: delay)
        case .contradiction:
            let properties = MessageProperties(messageID: "\(id)-x")
            return errand(message(id: id, good).serialized(), after: delay, properties: properties)
        case .garbage:
            return errand(Array("\(Self.unreadable)\(caseNumber): please cancel {".utf8), after: delay)
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
