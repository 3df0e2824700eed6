import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// Makes turns: takes one message at a time and writes into the workspace what becomes of it.
///
/// Nothing here does I/O but reading rows; a turn whose reaction fails leaves only its verdict and its dead
/// letter.
final class Turns<W: Worker> {
    let limits: Limits
    let directory: Directory
    let directoryDigest: String
    let letters: Letters
    let registry: Registry<W>
    /// The type of the timers that are handoffs' clocks.
    let clockType: MessageType
    /// The memory that a case begins with, as it is stored; `nil` where it cannot be written.
    let emptyMemory: JSON?

    init(_ worker: W.Type, directory: Directory, limits: Limits) {
        self.limits = limits
        self.directory = directory
        directoryDigest = directory.digest
        letters = Letters(worker: W.name, directory: directory, limits: limits)
        registry = Registry(worker)
        clockType = HandoffDeclaration.clock(of: W.name)
        emptyMemory = try? JSON(encoding: W.Memory())
    }

    /// The moment and the message that a turn is made of.
    struct Setting {
        let key: InboxKey
        let now: Timestamp
        let traceParent: String?
    }

    /// Takes what a delivery turned out to be.
    func take(
        _ reading: Reading, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        switch reading {
        case .message(let message): try take(message, in: &workspace, at: now)
        case .row(let row): try redrive(row, in: &workspace, at: now)
        case .unreadable(let trouble, let address, let body):
            try discard(body, from: address, because: trouble, in: &workspace, at: now)
        }
    }

    /// Takes a message: recognises a repetition, decides, and notes the verdict.
    private func take(
        _ message: Incoming, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        guard let row = try workspace.inboxRow(message.key) else {
            return try settle(message, in: &workspace, at: now) { workspace throws(StoreError) in
                try decide(message, in: &workspace, at: now)
            }
        }
        guard row.digest != message.digest else {
            return try recognise(message, as: row, in: &workspace, at: now)
        }
        // Another message under an id that is taken is known by what it says: it, too, is refused once.
        let other = message.underReusedID
        if let row = try workspace.inboxRow(other.key) {
            return try recognise(message, as: row, in: &workspace, at: now)
        }
        let trouble = Trouble(
            .idReused,
            "\(message.key.sender) sent another message under the id \"\(message.key.id)\" before; "
                + "give every message an id of its own")
        return try settle(other, in: &workspace, at: now) { _ in
            wrong(trouble, from: message.address.origin)
        }
    }

    /// A repetition leaves no trace, unless it was sent back: whoever did that waits for what becomes of it.
    private func recognise(
        _ message: Incoming, as row: InboxRow, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        guard message.address.redrive > 0 else { return .duplicate }
        return try turn(TurnRecord.Heard(message), of: message.caseID, in: &workspace, at: now) { workspace in
            let number = message.address.redrive
            workspace.remark(
                .duplicate("it was taken under the number \(number) at \(row.at): \(row.verdict)"))
            return .duplicate
        }
    }

    /// Makes a turn of a message, and notes its verdict.
    private func settle(
        _ message: Incoming, in workspace: inout Workspace, at now: Timestamp,
        _ decide: (inout Workspace) throws(StoreError) -> Outcome
    ) throws(StoreError) -> Outcome {
        try turn(
            TurnRecord.Heard(message), of: message.caseID, in: &workspace, at: now
        ) { workspace throws(StoreError) in
            note(try decide(&workspace), of: message, in: &workspace, at: now)
        }
    }

    /// Notes that a message cannot be taken, whatever it says.
    func bury(
        _ message: Incoming, because trouble: Trouble, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        if let row = try workspace.inboxRow(message.key) {
            return try recognise(message, as: row, in: &workspace, at: now)
        }
        return try settle(message, in: &workspace, at: now) { _ in .dead(trouble) }
    }

    /// Makes a letter of bytes without a sender or an id, which leave no trace in the inbox.
    func discard(
        _ body: [UInt8], from address: ReturnAddress, because trouble: Trouble, in workspace: inout Workspace,
        at now: Timestamp
    ) throws(StoreError) -> Outcome {
        return try turn(TurnRecord.Heard(body, from: address), of: nil, in: &workspace, at: now) {
            workspace in
            workspace.send(letters.dead(trouble, address: address, body: body, at: now))
            return .dead(trouble)
        }
    }

    /// Writes the verdict, and sends what it makes necessary: a refusal to the publisher's team, or a dead
    /// letter.
    private func note(
        _ outcome: Outcome, of message: Incoming, in workspace: inout Workspace, at now: Timestamp
    ) -> Outcome {
        workspace.put(
            InboxRow(
                key: message.key, caseID: message.caseID, digest: message.digest, verdict: outcome.verdict,
                at: now))
        switch outcome {
        case .applied, .duplicate, .early: break
        case .refused(let trouble):
            // An answer need not name its case: the handoff does, once it is found.
            let refusal = letters.refusal(
                trouble, of: message.id.rawValue, message.key, from: message.address.origin,
                correlation: (try? message.content.get())?.correlationID, about: workspace.turn.caseID,
                at: now)
            if let refusal { workspace.send(refusal) }
        case .dead(let trouble):
            workspace.send(letters.dead(trouble, of: message, at: now))
        }
        return outcome
    }

    /// People are told; a worker's bad message is a fault that an operator must see.
    private func wrong(_ trouble: Trouble, from origin: Origin?) -> Outcome {
        switch origin {
        case .event, .handoff: .dead(trouble)
        default: .refused(trouble)
        }
    }

    private func decide(
        _ message: Incoming, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        let envelope: Envelope
        switch message.content {
        case .success(let read): envelope = read
        case .failure(let trouble): return wrong(trouble, from: message.address.origin)
        }
        let setting = Setting(key: message.key, now: now, traceParent: envelope.traceParent)
        switch message.address.origin {
        case .start(let process, _): return try start(process, by: envelope, setting, in: &workspace)
        case .withdraw(let process, _):
            return try withdraw(from: process, by: envelope, setting, in: &workspace)
        case .answer(let team, let worker) where worker == W.name:
            return try answer(envelope, from: team, setting, in: &workspace)
        case .event(let owner): return try hear(envelope, from: owner, setting, in: &workspace)
        case .handoff(let team, let worker):
            return try overhear(envelope, from: worker, to: team, setting, in: &workspace)
        case .answer, .operate, .records, .question, .redriven, nil:
            return .dead(
                Trouble(
                    .misrouted,
                    "key \"\(message.address.routingKey)\" is not one of \(W.name)'s; "
                        + "it takes start.<process>.<user>, withdraw.<process>.<user> and answer.<team>.\(W.name)"
                ))
        }
    }

    /// The hand of a turn of a case, where no reaction runs.
    func hand(
        of caseID: CaseID, key: InboxKey, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Hand<W> {
        Hand(
            turns: self, setting: Setting(key: key, now: now, traceParent: nil),
            row: try knownOrNew(caseID, in: &workspace, at: now))
    }

    /// Reads what a message says; a field that it does not know is refused where people wrote it.
    func decode<Said: Decodable>(
        _ said: Said.Type, _ data: JSON, unknownKeys: UnknownKeys = .refused
    ) -> Result<Said, Trouble> {
        do {
            return .success(
                try StrictDecoder.decode(Said.self, from: data, path: ".data", unknownKeys: unknownKeys))
        } catch {
            return .failure(Trouble(.malformed, error.description))
        }
    }

    /// What is wrong with a reason that people give.
    func objection(toReason reason: String) -> Trouble? {
        let length = reason.count
        guard !(1...limits.reason).contains(length) || reason.allSatisfy(\.isWhitespace) else { return nil }
        let found = length > limits.reason ? "\(length)" : "none that say something"
        return Trouble(.rule, ".data.reason must have 1 to \(limits.reason) characters, not \(found)")
    }

    /// Decodes and checks what a reaction is given.
    func prepare(
        _ reaction: Reaction<W>, _ occasion: Reaction<W>.Occasion, by author: Author? = nil, at now: Timestamp
    ) -> Result<Reaction<W>.Prepared, Trouble> {
        var checks = Checks(now: now, directory: directory, author: author)
        do {
            let prepared = try reaction.prepare(occasion, &checks)
            guard checks.findings.isEmpty else { return .failure(Trouble(.rule, checks.summary)) }
            return .success(prepared)
        } catch {
            return .failure(Trouble(.malformed, error.description))
        }
    }
}

extension Outcome {
    /// What of it is kept in the inbox.
    var verdict: InboxRow.Verdict {
        switch self {
        case .applied, .duplicate: .applied
        case .early: .early
        case .refused: .refused
        case .dead: .dead
        }
    }
}
