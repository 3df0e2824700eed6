internal import CCurl

/// What was said between us and the server, as far as the outcome depends on it. Nothing of what we said is kept but
/// which command it was, since one of them is the login.
final class Dialogue {
    /// How far it came.
    enum Stage: Int, Comparable {
        case connecting, greeting, hello, startTLS, login, sender, recipient, data, body

        static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }

    /// How far it came.
    private(set) var stage = Stage.connecting
    /// The lines the server replied with since our last command.
    private var replyLines: [String] = []
    /// Whether we have said good-bye.
    private(set) var isOver = false
    /// The mail, and how much of it libcurl took.
    private let mail: [UInt8]
    private var taken = 0

    /// Begins one about a mail.
    init(mail: [UInt8]) { self.mail = mail }

    /// Notes a command of ours.
    func said(_ command: String) {
        let verb = command.prefix { $0 != " " && !$0.isNewline }.uppercased()
        let begun: Stage? =
            switch verb {
            case "EHLO", "HELO": .hello
            case "STARTTLS": .startTLS
            case "AUTH": .login
            case "MAIL": .sender
            case "RCPT": .recipient
            case "DATA": .data
            default: nil
            }
        guard verb != "QUIT" else { return isOver = true }
        guard !isOver else { return }
        // The lines that go on with a login have no verb.
        if let begun { stage = begun }
        replyLines = []
    }

    /// Notes lines that the server said.
    func heard(_ text: String) {
        guard !isOver else { return }
        if stage == .connecting { stage = .greeting }
        replyLines += text.split(whereSeparator: \.isNewline).map(String.init)
        // 354: the server waits for the mail. From now on it may have it.
        if stage == .data, reply?.code == 354 {
            stage = .body
            replyLines = []
        }
    }

    /// The server's reply to our last command, its lines in one; `nil` where it did not answer, or not by SMTP.
    var reply: (code: Int, text: String)? {
        guard let last = replyLines.last, let code = Int(last.prefix(3)), (200..<600).contains(code) else {
            return nil
        }
        let texts = replyLines.map { $0.dropFirst(4).trimmed }.filter { !$0.isEmpty }
        let text = "\(code) \(texts.joined(separator: " "))".oneLine(atMost: Limits.replyCharacters)
        return (code, text)
    }

    /// Hands libcurl the next bytes of the mail; none at its end.
    func next(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, mail.count - taken)
        mail[taken..<taken + count].withUnsafeBytes(buffer.copyMemory)
        taken += count
        return count
    }
}

extension Substring {
    fileprivate var trimmed: Substring { drop { $0 == " " } }
}
