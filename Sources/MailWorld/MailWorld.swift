public import Engine
import Foundation
public import SMTP
import StrictJSON
import Vocabulary

/// The world of a worker whose effects are mails: each effect's `data` is a ``MailOrder``.
public final class MailWorld: World, Sendable {
    private let threads: EffectThreads

    /// Makes the world.
    ///
    /// - Parameters:
    ///   - client: sends.
    ///   - sender: whom mails are from; the ids of messages end in its domain.
    ///   - templates: what mails say.
    ///   - onOutcome: called after each outcome, on a thread of the world's, to wake the engine's.
    public init(
        client: SMTPClient, sender: Mailbox, templates: Templates,
        onOutcome: @escaping @Sendable () -> Void = {}
    ) {
        let office = PostOffice(client: client, sender: sender, templates: templates)
        threads = EffectThreads(atMost: Limits.threads, onOutcome: onOutcome) { office.send($0, within: $1) }
    }

    /// Makes the world as it was configured.
    public convenience init(_ settings: MailSettings, onOutcome: @escaping @Sendable () -> Void = {}) {
        self.init(
            client: SMTPClient(settings.server), sender: settings.sender, templates: settings.templates,
            onOutcome: onOutcome)
    }

    /// Starts to send a mail; never blocks.
    public func start(_ effect: EffectRow, timeout: Duration) { threads.start(effect, timeout: timeout) }

    /// What ended since the last call.
    public func outcomes() -> [(id: String, outcome: EffectOutcome)] { threads.outcomes() }
}

/// Makes a mail of an effect, sends it, and says what that means to the effect.
private struct PostOffice: Sendable {
    let client: SMTPClient
    let sender: Mailbox
    let templates: Templates

    func send(_ effect: EffectRow, within timeout: Duration) -> EffectOutcome {
        do {
            return outcome(client.send(try mail(for: effect), timeout: timeout))
        } catch {
            // An order that is wrong stays wrong.
            return .impossible("\(error)")
        }
    }

    private func mail(for effect: EffectRow) throws -> Mail {
        let order = try StrictDecoder.decode(MailOrder.self, from: effect.data, path: ".data")
        let (subject, body) = try templates.render(order.template, fields: order.fields)
        let domain = sender.address.split(separator: "@").last ?? "localhost"
        return try Mail(
            from: sender, to: Mailbox(address: order.to.rawValue), subject: subject, body: body,
            // The same for every try: a mail that is sent twice can be recognised.
            messageID: "\(effect.id)@\(domain)", date: Date(),
            headers: [
                Mail.Header("Baton-Case", effect.caseID.description),
                // No absence assistant is to answer it (RFC 3834, 5).
                Mail.Header("Auto-Submitted", "auto-generated"),
            ])
    }

    private func outcome(_ sent: SMTPOutcome) -> EffectOutcome {
        switch sent {
        case .accepted(let reply): .done(["reply": .string(reply)])
        case .refusedForNow(_, let why), .unreachable(let why), .unknown(let why): .failed(why)
        case .refusedForGood(_, let why): .impossible(why)
        case .misconfigured(let why): .blocked(why)
        }
    }
}
