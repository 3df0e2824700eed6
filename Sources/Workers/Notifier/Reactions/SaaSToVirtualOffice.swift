import CancellationMessages
import LicenceSwapperMessages
import NotifierMessages
import VOProvisioningMessages
import Vocabulary
import WorkerKit

/// Steps 5, 7 and 11 of `saas-to-virtual-office`: the firm is welcomed and the specialists told before anything is
/// cancelled; the representatives learn of the cancellation, and in the end the firm that it can log in.
extension Notifier {
    static var saasToVirtualOffice: Part {
        Part(in: .saasToVirtualOffice) {
            On(VirtualOfficeLoaded.self) { loaded, turn in
                turn.announce(loaded)
            }
            Done(SendMail.self) { done, turn in
                guard let place = turn.memory.unannounced.firstIndex(of: .init(done.effect)) else { return }
                turn.memory.unannounced.remove(at: place)
                if turn.memory.unannounced.isEmpty { turn.publish(VirtualOfficeAnnounced(at: turn.now)) }
            }
            cancelled
            On(LicencesUpdated.self) { updated, turn in
                var fields = SendMail.Fields(turn.caseID)
                fields.firm = updated.firm
                turn.run(SendMail(to: updated.netFirmAdministrator, .virtualOfficeOpen, fields))
            }
        }
    }

    /// The specialists coordinate the case.
    fileprivate static let specialists: Team = "cs-specialists"
}

extension Turn<Notifier> {
    /// Welcomes the firm's administrator and tells the specialists that all is loaded; both count as told once every
    /// mail is accepted, since the cancellation waits for it.
    fileprivate mutating func announce(_ loaded: VirtualOfficeLoaded) {
        var fields = SendMail.Fields(caseID)
        fields.firm = loaded.firm
        fields.products = titles(of: loaded.products)
        let specialists = directory.team(Notifier.specialists)
        fields.team = specialists?.title
        fields.specialist = loaded.specialist
        let mailed = specialists.map { $0.reach.includesMail ? $0.addresses : [] } ?? []
        let mails =
            [SendMail(to: loaded.netFirmAdministrator, .virtualOfficeWelcome, fields)]
            + mailed.map { SendMail(to: $0, .virtualOfficeLoaded, fields) }
        for mail in mails { run(mail) }
        memory.unannounced = mails.map(Notifier.Announcement.init)
        if specialists?.reach.includesQueue == true {
            tell(
                Notifier.specialists, "\(loaded.firm) can work on Virtual Office",
                [
                    "Loaded: \(loaded.products.joined(separator: ", "))",
                    "Coordinated by: \(loaded.specialist)",
                ])
        }
    }
}
