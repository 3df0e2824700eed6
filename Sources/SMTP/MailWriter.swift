import FoundationEssentials
import Glibc

/// Writes a mail as it goes over the wire: RFC 5322 with MIME, ASCII alone, lines ended by CRLF. Dots at the beginning
/// of lines are libcurl's concern.
struct MailWriter {
    private var lines: [String] = []

    /// The whole mail.
    static func bytes(of mail: Mail) -> [UInt8] {
        var writer = MailWriter()
        writer.put("From", mail.from)
        writer.put("To", mail.to)
        writer.put("Subject", HeaderText.folded(mail.subject, after: "Subject"))
        writer.put("Date", date(mail.date))
        writer.put("Message-ID", "<\(mail.messageID)>")
        for header in mail.headers {
            writer.put(header.name, HeaderText.folded(header.value, after: header.name))
        }
        writer.put("MIME-Version", "1.0")
        writer.put("Content-Type", "text/plain; charset=utf-8")
        writer.put("Content-Transfer-Encoding", "quoted-printable")
        writer.lines.append("")
        writer.lines += QuotedPrintable.lines(of: mail.body)
        return Array((writer.lines.joined(separator: "\r\n") + "\r\n").utf8)
    }

    /// Whether a header is written from the mail's own fields, or would tell of recipients that it has not.
    static func owns(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasPrefix("content-")
            || ["from", "to", "cc", "bcc", "subject", "date", "message-id", "mime-version"].contains(name)
    }

    private mutating func put(_ name: String, _ value: String) { lines.append("\(name): \(value)") }

    private mutating func put(_ name: String, _ mailbox: Mailbox) {
        guard let shown = mailbox.name else { return put(name, mailbox.address) }
        // The address has a line of its own where both together may be too long for one.
        let phrase = HeaderText.phrase(shown, after: name)
        let isShort = name.count + phrase.count + mailbox.address.count < Limits.lineCharacters - 6
        put(name, "\(phrase)\(isShort ? "" : "\r\n") <\(mailbox.address)>")
    }

    /// `Sat, 21 Nov 2026 06:58:00 +0000` (RFC 5322, 3.3), whatever the machine's language.
    private static func date(_ date: Date) -> String {
        var seconds = time_t(date.timeIntervalSince1970.rounded(.down))
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][Int(parts.tm_wday)]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(day), \(parts.tm_mday) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) "
            + "\(clock.joined(separator: ":")) +0000"
    }
}
