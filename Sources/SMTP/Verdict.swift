internal import CCurl
import Glibc

/// Judges how a dialogue ended: by the class of the server's reply and by how far it came; libcurl's code alone says
/// neither.
struct Verdict {
    let server: SMTPServer
    let mail: Mail
    let timeout: Duration
    let end: Transfer.End
    let dialogue: Dialogue

    var outcome: SMTPOutcome {
        if let reply = dialogue.reply, let outcome = judged(reply.code, reply.text) { return outcome }
        if let fault = fault { return .misconfigured(fault) }
        guard dialogue.stage < .body else {
            return .unknown(
                "\(server) did not say whether it took the mail to \(mail.to.address): \(reason); it may have arrived"
            )
        }
        return .unreachable("\(server) did not take the mail to \(mail.to.address) \(place): \(reason)")
    }

    /// What a reply comes to; `nil` where it was no refusal, and what ended the dialogue is something else.
    private func judged(_ code: Int, _ text: String) -> SMTPOutcome? {
        switch code {
        case 200..<300 where end.code == CURLE_OK && dialogue.stage == .body: .accepted(reply: text)
        case 400..<500: .refusedForNow(code: code, "\(server) refused \(subject) for now: \(text)")
        // That we must log in, cannot like this, or not without encryption (RFC 4954, 6).
        case 530, 534, 535, 538: .misconfigured("\(server) refused the login\(user): \(text); \(loginRemedy)")
        case 500..<600 where dialogue.stage < .sender:
            .misconfigured("\(server) refused \(subject): \(text); ask whoever runs it")
        case 500..<600: .refusedForGood(code: code, "\(server) refused \(subject) for good: \(text)")
        default: nil
        }
    }

    /// What is wrong with how the server is set up here or there; `nil` where nothing is known to be.
    private var fault: String? {
        switch end.code {
        case CURLE_PEER_FAILED_VERIFICATION:
            "\(server) is not trusted: \(reason); check the authority file (\(authority)), "
                + "and that \(server.host) is the name its certificate holds"
        case CURLE_SSL_CACERT_BADFILE:
            "the authority file (\(authority)) cannot be read, or holds no certificate"
        case CURLE_SSL_CONNECT_ERROR where end.systemError == 0:
            "\(server) made no TLS connection: \(reason); check that the port speaks TLS 1.2 or later"
        case CURLE_USE_SSL_FAILED:
            "\(server) offers no STARTTLS, and nothing is sent without; use another port, or smtps"
        case CURLE_LOGIN_DENIED:
            "\(server) offers no login that \(server.login?.user ?? "nobody") could use: \(reason)"
        default: nil
        }
    }

    private var authority: String { server.authorityFile ?? "the machine's own" }
    private var user: String { server.login.map { " of \($0.user)" } ?? "" }
    private var loginRemedy: String {
        server.login == nil ? "give a user and a password file" : "check user and password file"
    }

    private var subject: String {
        switch dialogue.stage {
        case .connecting, .greeting: "the connection"
        case .hello: "the greeting"
        case .startTLS: "STARTTLS"
        case .login: "the login\(user)"
        case .sender: "the sender \(mail.from.address)"
        case .recipient: "the recipient \(mail.to.address)"
        case .data, .body: "the mail to \(mail.to.address)"
        }
    }

    private var place: String {
        dialogue.stage == .connecting ? "(no connection)" : "(the dialogue ended at \(subject))"
    }

    /// What ended it, in libcurl's words or the system's.
    private var reason: String {
        if end.code == CURLE_OPERATION_TIMEDOUT { return "nothing more within \(timeout)" }
        return end.words.oneLine(atMost: Limits.replyCharacters)
    }
}
