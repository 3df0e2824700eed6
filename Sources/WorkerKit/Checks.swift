public import Vocabulary

/// Gathers what breaks a rule in a command or an answer that is otherwise well-formed.
public struct Checks: Sendable {
    /// One broken rule: the field and a sentence that begins with a verb, such as `must lie in the past`.
    public struct Finding: Equatable, Sendable, CustomStringConvertible {
        /// The field's path within `data`, such as `backup.at`.
        public let field: String
        /// What the field must be, and what it was.
        public let sentence: String

        /// The whole sentence, as people read it.
        public var description: String { ".data.\(field) \(sentence)" }
    }

    /// The moment of checking.
    public let now: Timestamp
    /// Teams, calendars and products as they stand now.
    public let directory: Directory
    /// Who answers; `nil` in a command.
    public let author: Author?
    /// What was found, in the order it was found; the first ten.
    public private(set) var findings: [Finding] = []
    /// How many findings there were beyond those.
    public private(set) var furtherFindings = 0
    /// The path of the field that is being looked into, with its dot; empty at the top.
    private var path = ""

    /// Enough to mend a message by; a sentence that names hundreds helps nobody.
    private static let mostFindings = 10

    /// Starts with no findings.
    public init(now: Timestamp, directory: Directory, author: Author? = nil) {
        self.now = now
        self.directory = directory
        self.author = author
    }

    /// Notes a finding unless the condition holds.
    ///
    /// - Parameters:
    ///   - condition: what must hold.
    ///   - field: the field's path within `data`.
    ///   - sentence: what it must be and what it is; begins with a verb.
    public mutating func require(_ condition: Bool, _ field: String, _ sentence: @autoclosure () -> String) {
        guard !condition else { return }
        guard findings.count < Self.mostFindings else {
            furtherFindings += 1
            return
        }
        findings.append(Finding(field: path + field, sentence: sentence()))
    }

    /// Checks a field that is a document of its own; its findings name their fields by the whole path.
    ///
    /// - Parameters:
    ///   - field: the field's path within `data`.
    ///   - check: the document's own checks.
    public mutating func within(_ field: String, _ check: (inout Checks) -> Void) {
        let outside = path
        path += "\(field)."
        check(&self)
        path = outside
    }

    /// Everything found, in one sentence.
    public var summary: String {
        findings.map(\.description).joined(separator: "; ")
            + (furtherFindings > 0 ? "; and \(furtherFindings) more" : "")
    }

    /// Notes a finding where a number or a name that people write down is empty, or longer than 64 characters.
    public mutating func requireText(_ text: String, _ field: String) {
        require((1...64).contains(text.count), field, "must have 1 to 64 characters, not \(text.count)")
    }

    /// Notes a code that the directory does not know.
    public mutating func requireProduct(_ code: String, _ field: String) {
        guard directory.product(code: code) == nil else { return }
        let hint = directory.didYouMean(product: code).map { "; did you mean \"\($0)\"?" } ?? ""
        require(false, field, "is \"\(code.prefix(60))\", which is no product\(hint)")
    }

    /// Notes everything named that is not among what is asked for, and everything named twice.
    ///
    /// - Parameters:
    ///   - asked: what may be named.
    ///   - named: what is named.
    ///   - field: the list's path within `data`.
    ///   - otherwise: what anything else is, beginning with a verb.
    public mutating func requireAmong(
        _ asked: [String], _ named: [String], _ field: String, _ otherwise: String
    ) {
        guard named.count <= asked.count else {
            return require(false, field, "names \(named.count), but \(asked.count) are asked for")
        }
        for (index, name) in named.enumerated() {
            require(
                asked.contains(name), "\(field)[\(index)]", "is \"\(name.prefix(60))\", which \(otherwise)")
            require(
                !named[..<index].contains(name), "\(field)[\(index)]",
                "names \"\(name.prefix(60))\" a second time")
        }
    }

    /// Notes a finding where a step that only one person may do is answered by another without saying why.
    public mutating func requireAuthor(_ taker: Person) {
        guard let author, author.by != taker else { return }
        require(
            author.onBehalf?.isEmpty == false, "by",
            "must be \(taker), who took this step; anyone else says why in .data.onBehalf")
    }
}
