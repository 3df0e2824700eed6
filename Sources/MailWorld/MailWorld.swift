public import Engine
import Foundation
public import SMTP
import StrictJSON
import Synchronization
import Vocabulary
public import Wire

/// The world of a worker whose effects are mails: each effect's `data` is a ``MailOrder``.
public final class MailWorld: World, Sendable {
    private let threads: EffectThreads
    private let notice: TroubleNotice

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
        let notice = TroubleNotice()
        self.notice = notice
        let office = PostOffice(client: client, sender: sender, templates: templates, notice: notice)
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

    /// Why no mail can be sent, from the first one that could not be to the next one that can.
    public var trouble: Pulse.Trouble? { notice.trouble }
}

/// What the last try said of the server, whichever mail it was.
private final class TroubleNotice: Sendable {
    private let noted = Mutex<Pulse.Trouble?>(nil)

    var trouble: Pulse.Trouble? { noted.withLock { $0 } }

    func saw(_ sent: SMTPOutcome, at now: Date) {
        switch sent {
        case .accepted: noted.withLock { $0 = nil }
        case .misconfigured(let why), .unreachable(let why):
            noted.withLock { trouble in
                let now = Timestamp(milliseconds: Int64(now.timeIntervalSince1970 * 1000))
                trouble = Pulse.Trouble(.mail, why, since: trouble?.since ?? now)
            }
        // About one mail, not about all.
        case .refusedForNow, .refusedForGood, .unknown: break
        }
    }
}

/// Makes a mail of an effect, sends it, and says what that means to the effect.
private struct PostOffice: Sendable {
    let client: SMTPClient
    let sender: Mailbox
    let templates: Templates
    let notice: TroubleNotice

    func send(_ effect: EffectRow, within timeout: Duration) -> EffectOutcome {
        do {
            let sent = client.send(try mail(for: effect), timeout: timeout)
            notice.saw(sent, at: Date())
            return outcome(sent)
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
