import CancellationMessages
import NotifierMessages
import Vocabulary
import WorkerKit

/// Writes to people: teams that are asked by mail, and whoever a process tells something.
package enum Notifier: Worker {
    package typealias Messages = NotifierMessages

    /// What it remembers of a case.
    package struct Memory: CaseMemory {
        /// The mails that a gate waits for, and that are not accepted yet.
        package var unannounced: [Announcement] = []

        /// Nothing yet.
        package init() {}
    }

    /// A mail that a gate waits for.
    package struct Announcement: Codable, Equatable, Sendable {
        /// Whom it goes to.
        package let to: EmailAddress
        /// What it is made of.
        package let template: SendMail.Template

        /// Knows a mail by address and template.
        package init(_ mail: SendMail) {
            to = mail.to
            template = mail.template
        }
    }

    /// What it does in every process, and a file for each that tells people something.
    package static var parts: [Part] { [everyProcess, saasToLocal, saasToVirtualOffice] }

    /// Of every cancellation the sales representative is told, and the CS representative gets its number.
    @Shared static var cancelled: [Reaction<Self>] {
        On(SubscriptionCancelled.self) { cancelled, turn in
            var fields = SendMail.Fields(turn.caseID)
            fields.firm = cancelled.firm.name
            fields.products = turn.titles(of: cancelled.products)
            fields.confirmation = cancelled.confirmation
            turn.run(SendMail(to: cancelled.salesRepresentative, .productCancelled, fields))
            turn.run(SendMail(to: cancelled.csRepresentative, .cancellationConfirmed, fields))
        }
    }

    /// Handoffs and refusals reach the teams that the directory reaches by mail.
    private static var everyProcess: Part {
        Part {
            Overheard(AskedHandoff.self) { asked, turn in
                var fields = SendMail.Fields(turn.caseID)
                fields.title = asked.title
                fields.lines = asked.lines
                fields.handoff = asked.id
                fields.due = asked.due
                turn.write(.handoff, fields, to: asked.team)
            }
            Overheard(Refusal.self) { refusal, turn in
                var fields = SendMail.Fields(turn.caseID)
                fields.refused = refusal.refused
                fields.why = refusal.why
                turn.write(.refusal, fields, to: refusal.team)
            }
            Overheard(TeamNotice.self) { notice, turn in
                // What the notifier tells a team by its queue, it mails by itself where it needs to know the outcome.
                guard notice.worker != Notifier.name else { return }
                var fields = SendMail.Fields(turn.caseID)
                fields.title = notice.title
                fields.lines = notice.lines
                fields.handoff = notice.handoff
                fields.why = notice.why
                fields.due = notice.due
                turn.write(notice, fields)
            }
            Done(SendMail.self) { _, _ in }
        }
    }
}

extension Turn<Notifier> {
    /// Products by the names that people know.
    func titles(of codes: [String]) -> [String] {
        codes.map { directory.product(code: $0)?.title ?? $0 }
    }

    /// Writes to the team, or to its escalation contact where it is beyond the team.
    fileprivate mutating func write(_ notice: TeamNotice, _ fields: SendMail.Fields) {
        switch notice.kind {
        case .notice: write(.notice, fields, to: notice.team)
        case .reminder: write(.reminder, fields, to: notice.team)
        case .revocation: write(.revocation, fields, to: notice.team)
        case .escalation:
            guard let entry = directory.team(notice.team) else { return }
            var fields = fields
            fields.team = entry.title
            for address in entry.escalation { run(SendMail(to: address, .escalation, fields)) }
        }
    }

    /// Writes to every address of a team; each mail is an effect of its own, so that one that is refused holds none
    /// of the others.
    fileprivate mutating func write(
        _ template: SendMail.Template, _ fields: SendMail.Fields, to team: Team
    ) {
        guard let entry = directory.team(team), entry.reach.includesMail else { return }
        var fields = fields
        fields.team = entry.title
        for address in entry.addresses { run(SendMail(to: address, template, fields)) }
    }
}
