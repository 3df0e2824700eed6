public import FoundationEssentials

/// A mail of plain text to one recipient, valid throughout.
///
/// One recipient, because a server that refuses one of several stops the mail for all.
public struct Mail: Equatable, Sendable {
    /// A header beside those that every mail has.
    public struct Header: Equatable, Sendable {
        /// Its name.
        public let name: String
        /// Its value, as text.
        public let value: String

        /// Names a header.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Whom it is from; refusals later on are sent there.
    public let from: Mailbox
    /// Whom it is for.
    public let to: Mailbox
    /// What it is about, in one line.
    public let subject: String
    /// The text; its lines may end in whatever way.
    public let body: String
    /// `local@domain`, without brackets; the same for every try, so that a repeated mail is recognised.
    public let messageID: String
    /// When it was written.
    public let date: Date
    /// Headers beside the usual ones.
    public let headers: [Header]

    /// Puts a mail together.
    ///
    /// - Throws: ``SMTPError/badMail(_:)``: a text with a line feed, a carriage return or a NUL where it could begin
    ///   a header of its own, or one that is too long.
    public init(
        from: Mailbox, to: Mailbox, subject: String, body: String, messageID: String, date: Date,
        headers: [Header] = []
    ) throws(SMTPError) {
        try Self.check("the subject", subject)
        guard body.utf8.count <= Limits.bodyBytes, !body.utf8.contains(0) else {
            throw .badMail("the text must hold no NUL and at most \(Limits.bodyBytes) bytes")
        }
        // The rule for an address is the one for an id as well.
        guard (try? Mailbox(address: messageID)) != nil, messageID.utf8.count <= Limits.messageIDBytes else {
            throw .badMail("a message's id must be like an address, not \(messageID.quoted)")
        }
        guard headers.count <= Limits.headers else {
            throw .badMail("a mail has at most \(Limits.headers) headers of its own, not \(headers.count)")
        }
        for header in headers { try Self.check(header) }
        self.from = from
        self.to = to
        self.subject = subject
        self.body = body
        self.messageID = messageID
        self.date = date
        self.headers = headers
    }

    private static func check(_ header: Header) throws(SMTPError) {
        let isName =
            (1...Limits.nameBytes).contains(header.name.utf8.count)
            && header.name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }
        guard isName else {
            throw .badMail(
                "a header's name must be ASCII without blanks and colons, not \(header.name.quoted)")
        }
        guard !MailWriter.owns(header.name) else {
            throw .badMail("the header \(header.name) is written from the mail itself; leave it out")
        }
        try check("the header \(header.name)", header.value)
    }

    private static func check(_ what: String, _ text: String) throws(SMTPError) {
        guard text.isOneLine, text.utf8.count <= Limits.textBytes else {
            throw .badMail(
                "\(what) must be one line of at most \(Limits.textBytes) bytes, without control characters, "
                    + "not \(text.quoted)")
        }
    }
}
