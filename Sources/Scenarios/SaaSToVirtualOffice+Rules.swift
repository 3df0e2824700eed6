import CancellationMessages
import Engine
import LicenceSwapperMessages
import NotifierMessages
import OrderingMessages
import Rehearsal
import StrictJSON
import VOProvisioningMessages
import Vocabulary
import Wire
import WorkerKit

/// What never happens in `saas-to-virtual-office`, besides what never happens in either process.
extension SaaSToVirtualOffice {
    static let rules = [
        cancelledBeforeLoaded, cancelledBeforeWelcomed, cancelledBeforeSpecialistsTold, windowWrong,
        windowUntold, loadedOutsideWindow, loadedInPart, incompleteProposal, orderWithoutLicences,
        updatedBeforeOrder, completedBeforeUpdate, completedWithoutLicences, welcomedTooEarly, unwelcomed,
    ]

    // MARK: The hold

    private static let cancelledBeforeLoaded = NeverRule(
        "cancelled-before-loaded",
        "No firm's cancellation is asked for before all that it moves is loaded on Virtual Office.",
        .asked(ProcessCancellation.self) { _, caseID, history in
            guard let form = history.move(of: caseID) else { return nil }
            let loaded = history.loadings(in: caseID).flatMap { $0.report.loaded ?? [] }
            let missing = form.productsToMove.filter { !loaded.contains($0) }
            return missing.isEmpty ? nil : "\(missing) is not loaded"
        })

    private static let cancelledBeforeWelcomed = NeverRule(
        "cancelled-before-welcomed",
        "No firm's cancellation is asked for before its administrator's welcome is accepted.",
        .asked(ProcessCancellation.self) { _, caseID, history in
            guard let form = history.move(of: caseID) else { return nil }
            return history.isMailed(
                .virtualOfficeWelcome, to: form.cancellation.netFirmAdministrator, about: caseID)
                ? nil : "nobody welcomed \(form.cancellation.netFirmAdministrator)"
        })

    private static let cancelledBeforeSpecialistsTold = NeverRule(
        "cancelled-before-specialists-told",
        "No firm's cancellation is asked for before the specialists are told that all is loaded.",
        .asked(ProcessCancellation.self) { _, caseID, history in
            guard history.move(of: caseID) != nil else { return nil }
            let isTold = history.committed(by: NotifierMessages.worker).sends.contains {
                $0.routingKey
                    == RoutingKey.handoff(to: ProcessCancellation.team, from: NotifierMessages.worker)
            }
            let isMailed = history.isMailed(
                .virtualOfficeLoaded, to: BothProcesses.specialist, about: caseID)
            return isTold && isMailed ? nil : "queue: \(isTold), mail: \(isMailed)"
        })

    // MARK: Windows

    private static let windowWrong = NeverRule(
        "window-wrong",
        "No loading is asked for in a window that is not four hours, not wholly inside business hours, or over.",
        .asked(LoadProducts.self) { asked, _, history in
            guard let load = asked.message(LoadProducts.self, on: .handoffs),
                let agreed = asked.envelope?.correlationID.flatMap({ HandoffID(rawValue: $0) }).flatMap({
                    history.committed(by: VOProvisioningMessages.worker).handoff($0)
                })?.since
            else { return "\(asked)" }
            guard load.end - load.start == .seconds(4 * 3600), hours.contains(load.start..<load.end),
                agreed < load.start
            else { return "agreed at \(agreed): \(load.start) to \(load.end)" }
            return nil
        })

    private static let windowUntold = NeverRule(
        "window-untold", "The specialists never go without a word of a window.",
        .atRest { history in
            for asked in history.publications where asked.envelope?.type == LoadProducts.type {
                guard let load = asked.message(LoadProducts.self, on: .handoffs),
                    let caseID = asked.envelope?.subject
                else { continue }
                let type = TeamNotice.Kind.notice.type(of: VOProvisioningMessages.worker)
                let isTold = history.publications(of: type, in: caseID).contains {
                    $0.envelope?.data["lines"]?.arrayValue?.contains(.string("From: \(load.start)")) == true
                }
                if !isTold { return "nobody told the specialists of \(load.start)" }
            }
            return nil
        })

    private static let loadedOutsideWindow = NeverRule(
        "loaded-outside-window",
        "Nothing is ever said to be loaded that was loaded outside an agreed window.",
        .said(VirtualOfficeLoaded.self) { _, caseID, history in
            history.loadings(in: caseID).first { loading in
                !(loading.asked.start...loading.asked.end).contains(loading.report.at ?? .distantPast)
            }.map { "\($0.report) is not within \($0.asked.start) to \($0.asked.end)" }
        })

    private static let loadedInPart = NeverRule(
        "loaded-in-part", "Virtual Office is never said to be loaded while a product is missing.",
        .said(VirtualOfficeLoaded.self) { said, caseID, history in
            let loaded = history.loadings(in: caseID).flatMap { $0.report.loaded ?? [] }
            let wanted = history.move(of: caseID)?.productsToMove ?? []
            let missing = wanted.filter { !loaded.contains($0) }
            return wanted.isEmpty || !missing.isEmpty ? "\(missing) is not loaded" : nil
        })

    // MARK: Licences

    private static let incompleteProposal = NeverRule(
        "incomplete-proposal",
        "No proposal is asked for but of what the form wants and what the firm lacks on Virtual Office.",
        .asked(MakeProposal.self) { asked, caseID, history in
            guard let form = history.move(of: caseID) else { return nil }
            let asked = asked.message(MakeProposal.self, on: .handoffs)
            let isRight =
                asked?.products == form.cancellation.newProducts && asked?.licences == form.licencesMissing
            return isRight ? nil : "it asks for \(asked?.products ?? []) and \(asked?.licences ?? [])"
        })

    private static let orderWithoutLicences = NeverRule(
        "order-without-licences",
        "No order is processed that leaves a firm without the setup or a family's licence.",
        .asked(ProcessOrder.self) { asked, caseID, history in
            guard let form = history.move(of: caseID) else { return nil }
            let missing = form.licencesMissing(from: asked)
            return missing.isEmpty ? nil : "\(missing) is neither ordered nor held"
        })

    private static let updatedBeforeOrder = NeverRule(
        "updated-before-order", "No licences are updated before the order is processed.",
        .asked(UpdateLicences.self) { _, caseID, history in
            history.isAnswered(ProcessOrder.self, in: caseID) ? nil : "nothing is ordered"
        })

    private static let completedBeforeUpdate = NeverRule(
        "completed-before-update", "No case is completed before the licences are updated.",
        .completed(.saasToVirtualOffice) { caseID, history in
            history.isAnswered(UpdateLicences.self, in: caseID) ? nil : "they are not updated"
        })

    private static let completedWithoutLicences = NeverRule(
        "completed-without-licences",
        "No case is completed while the firm lacks the setup or a family's licence on Virtual Office.",
        .completed(.saasToVirtualOffice) { caseID, history in
            guard let form = history.move(of: caseID) else { return "nobody knows what it moves" }
            guard let order = history.answeredQuestion(ProcessOrder.self, in: caseID) else {
                return "nothing is ordered"
            }
            let missing = form.licencesMissing(from: order)
            return missing.isEmpty ? nil : "\(missing) is neither ordered nor held"
        })

    // MARK: Mails

    private static let welcomedTooEarly = NeverRule(
        "welcomed-too-early",
        "Nobody is welcomed before all is loaded, or told to log in before the licences are updated.",
        .before { happening, history in
            guard case .performed(let effect, NotifierMessages.worker) = happening else { return nil }
            let isTrue =
                switch effect.data["template"]?.stringValue.flatMap({ SendMail.Template(rawValue: $0) }) {
                case .virtualOfficeWelcome, .virtualOfficeLoaded:
                    !history.publications(of: VirtualOfficeLoaded.type, in: effect.caseID).isEmpty
                case .virtualOfficeOpen: history.isAnswered(UpdateLicences.self, in: effect.caseID)
                default: true
                }
            return isTrue ? nil : "\(happening)"
        })

    private static let unwelcomed = NeverRule(
        "unwelcomed", "No firm goes without its welcome, or without the word that it can log in.",
        .atRest { history in
            for publication in history.publications {
                guard let caseID = publication.envelope?.subject else { continue }
                var owed: [(EmailAddress, SendMail.Template)] = []
                if let loaded = publication.message(VirtualOfficeLoaded.self, on: .events) {
                    owed = [
                        (loaded.netFirmAdministrator, .virtualOfficeWelcome),
                        (BothProcesses.specialist, .virtualOfficeLoaded),
                    ]
                } else if let updated = publication.message(LicencesUpdated.self, on: .events) {
                    owed = [(updated.netFirmAdministrator, .virtualOfficeOpen)]
                }
                for (address, template) in owed
                where !history.isMailed(template, to: address, about: caseID) {
                    return "\(address) got no \(template.rawValue) about \(caseID)"
                }
            }
            return nil
        })
}

extension VirtualOfficeForm {
    /// What the firm lacks on Virtual Office, and does not want anyway.
    fileprivate var licencesMissing: [String] {
        FrontDesk.licences.filter {
            !virtualOfficeLicencesHeld.contains($0) && !cancellation.newProducts.contains($0)
        }
    }

    /// What the firm lacks on Virtual Office once an order is processed.
    fileprivate func licencesMissing(from order: Publication) -> [String] {
        let ordered = order.message(ProcessOrder.self, on: .handoffs)?.documents ?? []
        let products = ordered.flatMap(\.lines).map(\.product)
        return FrontDesk.licences.filter {
            !virtualOfficeLicencesHeld.contains($0) && !products.contains($0)
        }
    }
}

extension History {
    /// The form that started a case of a firm that moves; `nil` where it does not.
    func move(of caseID: CaseID) -> VirtualOfficeForm? {
        publications(of: VirtualOfficeForm.type, in: caseID).first {
            isApplied($0, by: CancellationMessages.worker)
        }?.message(VirtualOfficeForm.self, on: .commands)
    }

    /// Whether a mail was accepted outside.
    fileprivate func isMailed(_ template: SendMail.Template, to address: EmailAddress, about caseID: CaseID)
        -> Bool
    {
        deeds.contains { deed in
            deed.effect.caseID == caseID && deed.effect.data["to"]?.stringValue == address.rawValue
                && deed.effect.data["template"]?.stringValue == template.rawValue
        }
    }

    /// Every report of loaded products that had its effect, with what was asked.
    fileprivate func loadings(in caseID: CaseID) -> [(asked: LoadProducts, report: LoadProducts.Answer)] {
        publications(of: LoadProducts.answerType, in: nil).compactMap { publication in
            guard isApplied(publication, by: VOProvisioningMessages.worker),
                let id = publication.envelope?.correlationID,
                let asked = publications(of: LoadProducts.type, in: caseID).first(where: {
                    $0.envelope?.correlationID == id
                })?.message(LoadProducts.self, on: .handoffs),
                let data = publication.envelope?.data,
                // What was amended says nothing any more.
                let row = HandoffID(rawValue: id).flatMap({
                    committed(by: VOProvisioningMessages.worker).handoff($0)
                }), row.revision == (data["revision"]?.integerValue).map({ Int($0) }) ?? 1,
                let report = try? StrictDecoder.decode(
                    LoadProducts.Answer.self, from: data, unknownKeys: .ignored),
                !report.isMissed
            else { return nil }
            return (asked, report)
        }
    }
}
