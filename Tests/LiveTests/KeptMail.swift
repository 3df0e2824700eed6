import Foundation

/// A mail as it lies in the mailbox.
struct KeptMail {
    /// What makes a second copy of it recognisable.
    let messageID: String
    /// Whom it reached.
    let to: String
    /// What it is about.
    let subject: String
    /// The text as it came over the wire, long lines in one piece.
    let text: String

    /// Reads a mail.
    init(_ mail: String) {
        let lines = mail.replacing("\r\n", with: "\n")
        let parts = lines.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        func header(_ name: String) -> String {
            // A long header goes on in lines that begin with a space.
            let line = parts[0].replacing("\n ", with: " ").split(separator: "\n").first {
                $0.lowercased().hasPrefix("\(name): ")
            }
            return line.map { String($0.dropFirst(name.count + 2)) } ?? ""
        }
        messageID = header("message-id")
        to = header("delivered-to")
        subject = header("subject")
        // Quoted-printable ends with = a line that goes on.
        text = parts.count > 1 ? String(parts[1].replacing("=\n", with: "")) : ""
    }
}
