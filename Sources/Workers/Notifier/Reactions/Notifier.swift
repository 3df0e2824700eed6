import NotifierMessages
import Vocabulary
import WorkerKit

/// Writes to people: teams that are asked by mail, and whoever a process tells something.
package enum Notifier: Worker {
    package typealias Messages = NotifierMessages

    /// What it does in every process, and a file for each that tells people something.
    package static var parts: [Part] { [everyProcess, saasToLocal] }

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
