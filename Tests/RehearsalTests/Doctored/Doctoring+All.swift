import CancellationMessages
import EMSReinstatementMessages
import Engine
import LicenceSwapperMessages
import NotifierMessages
import OrderingMessages
import StrictJSON
import VOProvisioningMessages
import Vocabulary
import Wire
import WorkerKit

@testable import Rehearsal

extension Doctoring {
    /// One for each rule of `saas-to-local`.
    static var ofSaaSToLocal: [Doctoring] {
        [
            Doctoring("asked-without-backup", of: CancellationForm.type) { _ in [] },
            Doctoring("asked-before-taken", unanswered: TakeCancellation.self),
            Doctoring("asked-before-restored", unanswered: ProvideTrial.self),
            Doctoring("cancelled-unprocessed", unanswered: ProcessCancellation.self),
            Doctoring("cancelled-twice", of: SubscriptionCancelled.type) { [$0, $0.again] },
            Doctoring("ticket-before-cancellation", unanswered: ProcessCancellation.self),
            Doctoring("reinstated-in-part", of: ReinstateProducts.answerType) { _ in [] },
            Doctoring("document-before-ems", unanswered: ReinstateProducts.self),
            Doctoring("unwanted-proposal", of: CancellationForm.type) { _ in [] },
            Doctoring("unsigned-order", of: ConfirmSignatures.answerType) { _ in [] },
            Doctoring("sum-wrong", of: ProcessOrder.type) { [$0.replacing("157.08", with: "157.09")] },
            Doctoring("completed-before-download", unanswered: ConfirmDownload.self),
            Doctoring("asked-twice", of: ReinstateProducts.type) { [$0, $0.askedAnew] },
            Doctoring("refused-form-acted-on", of: TakeCancellation.type) {
                [$0.replacing("firm-", with: "refused-")]
            },
            Doctoring("refused-answer-acted-on", of: ProductsReinstated.type) {
                [$0.replacing("firm-", with: "refused-")]
            },
            Doctoring("address-in-trouble", of: TakeCancellation.type) {
                [$0.refusing(because: "malformed", why: "it was for admin@example.com")]
            },
            Doctoring("told-too-early", unanswered: ProcessCancellation.self),
            Doctoring("untold", unmailed: "order-confirmed"),
        ]
    }

    /// One for each rule of `saas-to-virtual-office`.
    static var ofSaaSToVirtualOffice: [Doctoring] {
        [
            Doctoring("cancelled-before-loaded", of: LoadProducts.answerType) { _ in [] },
            Doctoring("cancelled-before-welcomed", unmailed: "virtual-office-welcome"),
            Doctoring("cancelled-before-specialists-told", unmailed: "virtual-office-loaded"),
            Doctoring("window-wrong", of: LoadProducts.type) {
                [$0.replacing("end", in: "2026-09-21T15:00:00Z")]
            },
            Doctoring("window-untold", of: TeamNotice.Kind.notice.type(of: VOProvisioningMessages.worker)) {
                _ in
                []
            },
            Doctoring("loaded-outside-window", of: LoadProducts.type) {
                [
                    $0.replacing("end", in: "2026-09-21T00:00:01Z").replacing(
                        "start", in: "2026-09-21T00:00:00Z")
                ]
            },
            Doctoring("loaded-in-part", of: LoadProducts.answerType) { _ in [] },
            Doctoring("incomplete-proposal", of: MakeProposal.type) {
                [$0.replacing("vo-mail", with: "vo-none")]
            },
            Doctoring("order-without-licences", of: ProcessOrder.type) {
                [$0.replacing("vo-setup", with: "vo-none")]
            },
            Doctoring("updated-before-order", unanswered: ProcessOrder.self),
            Doctoring("completed-before-update", unanswered: UpdateLicences.self),
            Doctoring("completed-without-licences", of: ProcessOrder.type) {
                [$0.replacing("vo-mail", with: "vo-none")]
            },
            Doctoring("welcomed-too-early", of: VirtualOfficeLoaded.type) { _ in [] },
            Doctoring("unwelcomed", unmailed: "virtual-office-open"),
        ]
    }

    /// One for each rule of every process.
    static var ofEveryProcess: [Doctoring] { ofMessages + ofHandoffs + ofEnds }

    /// One for each rule of every process about ends, outlines and what is done outside.
    private static var ofEnds: [Doctoring] {
        [
            Doctoring("attempted-again") { happening in
                guard case .told(let effect, let worker) = happening else { return [happening] }
                return [happening, .attempted(effect, by: worker)]
            },
            Doctoring("done-twice") { happening in
                guard case .performed(let effect, let worker) = happening else { return [happening] }
                let twin = EffectRow(
                    id: "again", caseID: effect.caseID, type: effect.type, data: effect.data, at: effect.at)
                return [happening, .performed(twin, by: worker)]
            },
            Doctoring("undone") { if case .performed = $0 { [] } else { [$0] } },
            Doctoring("ended-while-open", unanswered: ConfirmDownload.self),
            Doctoring("stepped-after-end") { happening in
                guard case .committed(let changes, let worker) = happening,
                    let ended = changes.lazy.compactMap(\.endedCase).first
                else { return [happening] }
                let step = HandoffRow(
                    id: "after-the-end",
                    slot: HandoffRow.Slot(caseID: ended, type: ProvideTrial.type, key: ""),
                    team: ProvideTrial.team, state: .open, gate: nil, question: [:],
                    clock: HandoffClock(due: .days(1)),
                    since: Timestamp(milliseconds: 0))
                return [happening, .committed([.handoff(step)], by: worker)]
            },
            Doctoring("forgotten", withoutChange: { $0.endedCase != nil }),
            Doctoring("strayed", unanswered: ReinstateProducts.self),
        ]
    }
}

extension Change {
    /// The case that ends by it.
    fileprivate var endedCase: CaseID? {
        guard case .caseRow(let row) = self, case .ended = row.stage else { return nil }
        return row.id
    }
}
