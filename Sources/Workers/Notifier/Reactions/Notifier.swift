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
            Done(SendMail.self) { _, _ in }
        }
    }
}

extension Turn<Notifier> {
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
