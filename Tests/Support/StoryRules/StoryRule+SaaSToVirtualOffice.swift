import LedgerMessages
import StrictJSON
package import Vocabulary
import Wire

extension StoryRule {
    /// What never happens in a process, that of every process included.
    ///
    /// - Parameter directory: when teams work, and what licenses what.
    package static func all(of process: ProcessName, by directory: Directory) -> [StoryRule] {
        general + (process == "saas-to-local" ? saasToLocal : saasToVirtualOffice(by: directory))
    }

    /// What never happens in `saas-to-virtual-office`, beside what holds in every process.
    package static func saasToVirtualOffice(by directory: Directory) -> [StoryRule] {
        eitherProcess + [
            cancelledBeforeLoaded, cancelledBeforeWelcomed, cancelledBeforeSpecialistsTold, windowUntold,
            loadedOutsideWindow, welcomedTooEarly, signedApart, sumWrong, updatedBeforeOrder,
            completedBeforeUpdate, windowWrong(by: directory), orderWithoutLicences(by: directory),
        ]
    }

    // MARK: The hold

    private static let cancelledBeforeLoaded = StoryRule(
        "cancelled-before-loaded", "A cancellation is never asked for before every product to move is loaded."
    ) { story in
        story.asked(Step.processCancellation).flatMap { asked in
            story.missing(by: asked).map { "\($0) was not loaded at \(asked)" }
        }
    }

    private static let cancelledBeforeWelcomed = StoryRule(
        "cancelled-before-welcomed", "A cancellation is never asked for before the welcome mail is accepted."
    ) { story in
        story.asked(Step.processCancellation).flatMap { asked in
            let administrator = story.form?["netFirmAdministrator"]?.stringValue ?? "nobody"
            let isWelcomed = story.isMailed("Mail to \(administrator): virtual-office-welcome", by: asked)
            return isWelcomed ? nil : "\(administrator) was not welcomed at \(asked)"
        }
    }

    private static let cancelledBeforeSpecialistsTold = StoryRule(
        "cancelled-before-specialists-told",
        "A cancellation is never asked for before the specialists are told, by queue and by mail."
    ) { story in
        story.asked(Step.processCancellation).flatMap { asked in
            let isTold = story.turns.contains { turn in
                turn.at <= asked && turn.sent.contains { $0.type == "notifier.notice.v1" }
            }
            let isMailed = story.isMailed(": virtual-office-loaded", by: asked)
            return isTold && isMailed ? nil : "at \(asked): by queue \(isTold), by mail \(isMailed)"
        }
    }

    // MARK: Windows

    private static func windowWrong(by directory: Directory) -> StoryRule {
        StoryRule(
            "window-wrong",
            "No window is other than four hours, wholly inside the technicians' hours, and agreed before it begins."
        ) { story in
            for (_, load) in story.wanted(Step.loadProducts) {
                let (start, end) = (load.moment("start"), load.moment("end"))
                guard let start, let end, load.since < start, end - start == .seconds(4 * 3600),
                    directory.calendar(of: load.team).contains(start..<end)
                else {
                    return
                        "agreed at \(load.since): \(start?.description ?? "?") to \(end?.description ?? "?")"
                }
            }
            return nil
        }
    }

    private static let windowUntold = StoryRule(
        "window-untold", "No window is agreed without a word to the specialists."
    ) { story in
        let untold = story.wanted(Step.loadProducts).first { wanted in
            !wanted.turn.sent.contains { $0.type == "vo-provisioning.notice.v1" }
        }
        return untold.map { "nobody was told of \($0.handoff.moment("start")?.description ?? "it")" }
    }

    private static let loadedOutsideWindow = StoryRule(
        "loaded-outside-window", "Nothing is ever loaded outside an agreed window."
    ) { story in
        for report in story.answers("vo-provisioning.load-products-answer.v1") {
            guard report.heard.data?["missed"] != true else { continue }
            let at = report.heard.data?["at"]?.stringValue.flatMap { Timestamp(rawValue: $0) }
            let load = story.wanted(Step.loadProducts).first { $0.handoff.id == report.heard.handoff }?
                .handoff
            guard let at, let start = load?.moment("start"), let end = load?.moment("end"),
                start <= at, at <= end
            else { return "\(report.heard.id) says \(at?.description ?? "no time")" }
        }
        return nil
    }

    private static let welcomedTooEarly = StoryRule(
        "welcomed-too-early",
        "Nobody is welcomed before all is loaded, or told to log in before the licences are updated."
    ) { story in
        if let welcomed = story.ordered(": virtual-office-welcome") {
            let missing = story.missing(by: welcomed)
            if let missing { return "\(missing) was not loaded at \(welcomed)" }
        }
        guard let opened = story.ordered(": virtual-office-open") else { return nil }
        return story.answered(Step.updateLicences).map { $0 <= opened } == true
            ? nil : "told to log in at \(opened)"
    }

    // MARK: Licences

    private static let signedApart = StoryRule(
        "signed-apart", "Where a firm wants one single proposal, nothing but that is signed."
    ) { story in
        guard story.start?.heard.data?["singleProposalWanted"] == true,
            story.asked(Step.makeProposal) != nil
        else { return nil }
        let combined = story.standingAnswers("ordering.combine-proposal-answer.v1")
        let numbers = JSON.array(combined.compactMap { $0.heard.data?["number"] })
        let apart = story.wanted(Step.confirmSignatures).first {
            $0.handoff.question?["documents"] != numbers
        }
        return apart.map { "\($0.handoff.question?["documents"]?.text ?? "nothing") is signed" }
    }

    private static let sumWrong = StoryRule(
        "sum-wrong", "One single proposal never costs other than what is in it."
    ) { story in
        func totals(_ type: MessageType) -> Money? {
            story.standingAnswers(type).compactMap { $0.heard.data?.money("total") }.first
        }
        guard let total = totals("ordering.combine-proposal-answer.v1") else { return nil }
        let parts = ["ordering.send-renewal-answer.v1", "ordering.make-proposal-answer.v1"] as [MessageType]
        let sum = parts.compactMap(totals).reduce(Money.zero) { $0 + $1 }
        return total == sum ? nil : "\(total), not \(sum)"
    }

    private static func orderWithoutLicences(by directory: Directory) -> StoryRule {
        StoryRule(
            "order-without-licences",
            "No order is asked for that leaves a firm without the setup or a family's licence on Virtual Office."
        ) { story in
            let needed = directory.virtualOfficeLicences(toMove: story.texts("productsToMove")).compactMap {
                directory.product(licensing: $0)?.code
            }
            for (_, order) in story.wanted(Step.processOrder) {
                let lines = (order.question?["documents"]?.arrayValue ?? []).flatMap {
                    $0["lines"]?.arrayValue ?? []
                }
                let had =
                    lines.compactMap { $0["product"]?.stringValue }
                    + story.texts("virtualOfficeLicencesHeld")
                let missing = needed.filter { !had.contains($0) }
                guard missing.isEmpty else { return "\(missing) is neither ordered nor held" }
            }
            return nil
        }
    }

    private static let updatedBeforeOrder = StoryRule(
        "updated-before-order", "No licences are updated before the order is processed."
    ) { $0.asks(Step.updateLicences, onlyAfter: [Step.processOrder]) }

    private static let completedBeforeUpdate = StoryRule(
        "completed-before-update", "No case is completed before the licences are updated."
    ) { story in
        guard let end = story.end, end.ended == .completed else { return nil }
        return story.answered(Step.updateLicences).map { $0 <= end.at } == true ? nil : "at \(end.at)"
    }
}

extension CaseStory {
    /// What is to be moved and was not reported as loaded by a moment; `nil` where all was.
    fileprivate func missing(by moment: Timestamp) -> [String]? {
        let reports = answers("vo-provisioning.load-products-answer.v1").filter { $0.at <= moment }
        let loaded = reports.flatMap { $0.heard.data?["loaded"]?.arrayValue ?? [] }
        let wanted = texts("productsToMove")
        let missing = wanted.filter { !loaded.contains(.string($0)) }
        return wanted.isEmpty ? ["anything"] : missing.isEmpty ? nil : missing
    }

    /// A list on the form that started the case.
    fileprivate func texts(_ field: String) -> [String] {
        start?.heard.data?[field]?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    /// Whether a mail with such a title was accepted by a moment.
    fileprivate func isMailed(_ title: String, by moment: Timestamp) -> Bool {
        turns.contains { turn in
            turn.at <= moment
                && turn.effects.contains { $0.state == .done && $0.title.hasSuffix(title) }
        }
    }

    /// When a mail with such a title was first wanted; `nil` where it never was.
    fileprivate func ordered(_ title: String) -> Timestamp? {
        turns.filter { turn in turn.effects.contains { $0.title.hasSuffix(title) } }.map(\.at).min()
    }
}

extension TurnRecord.HandoffEntry {
    /// A moment that the question names.
    fileprivate func moment(_ field: String) -> Timestamp? {
        question?[field]?.stringValue.flatMap { Timestamp(rawValue: $0) }
    }
}

extension JSON {
    fileprivate func money(_ field: String) -> Money? {
        self[field]?.stringValue.flatMap { Money(rawValue: $0) }
    }
}
