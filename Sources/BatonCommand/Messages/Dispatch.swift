internal import Glibc
internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// A person's message on its way: sent, and its verdict waited for.
struct Dispatch: Sendable {
    /// The message.
    let envelope: Envelope
    /// The routing key.
    let key: String
    /// The role in which the sender asks for the verdict.
    let role: AskingRole
    /// What it is, after "the broker does not let <user>".
    let what: String
    /// What to do where the broker refuses it.
    let remedy: String

    /// What became of a message.
    enum Outcome: Sendable {
        /// The broker has it; nobody waited.
        case sent
        /// The broker has it, and the verdict did not come in time.
        case unknown(why: String)
        /// The verdict.
        case known(LedgerReply<Verdict>)
    }

    /// Makes sure that the message is no longer than one may be.
    func checkSize() throws(DocumentFault) {
        guard envelope.serialized().count <= Limits.documentBytes else { throw .tooLong("the message") }
    }

    /// Sends it, and waits.
    ///
    /// - Parameters:
    ///   - patience: how long, in seconds; `nil` for not at all.
    ///   - announce: hears that the broker has it, before any waiting: whoever ends that keeps the id.
    func run(
        _ conversation: Conversation, patienceSeconds patience: Int?,
        announce: @Sendable (Dispatch) -> Void
    ) throws -> Outcome {
        try conversation.send(envelope, key: key, what: what, remedy: remedy)
        announce(self)
        guard let patience else { return .sent }
        // From here on the message is safe, and a missing ledger must not look like a missing message.
        do {
            guard let verdict = try verdict(conversation, patienceSeconds: patience) else {
                return .unknown(why: "the ledger has not heard of it within \(patience) s")
            }
            return .known(verdict)
        } catch let fault as any Failure {
            return .unknown(why: fault.description)
        }
    }

    /// Asks for the verdict until it is known or the time is up; the ledger holds each question for a while.
    func verdict(
        _ conversation: Conversation, patienceSeconds patience: Int
    ) throws -> LedgerReply<Verdict>? {
        var left = patience
        repeat {
            let slice = min(left, AskVerdict.longestWaitSeconds)
            let question = AskVerdict(
                id: envelope.id, digest: envelope.contentDigest, waitSeconds: slice)
            let reply = try conversation.ask(question, naturallyAs: role, extraSeconds: slice)
            if let verdict = reply.value.verdict {
                return LedgerReply(json: reply.json["verdict"] ?? .null, value: verdict)
            }
            left -= slice
        } while left > 0
        return nil
    }
}

extension Dispatch {
    /// Says under which id it went, to people who may not wait for the rest.
    static func announcement(_ reading: ReadingOptions) -> @Sendable (Dispatch) -> Void {
        guard reading.output.output == .text else { return { _ in } }
        return { dispatch in
            print("Sent as \(dispatch.envelope.id).")
            fflush(nil)
        }
    }

    /// Tells what became of it, and makes of it what to exit with.
    func report(_ outcome: Outcome, _ reading: ReadingOptions, _ terminal: Terminal) -> ExitStatus {
        let id = envelope.id.rawValue
        var json: JSONObject = ["id": .string(id), "type": .string(envelope.type.description)]
        json["case"] = envelope.subject.map { .string($0.rawValue) }
        guard case .known(let reply) = outcome else {
            reading.tell([], .object(json))
            guard case .unknown(let why) = outcome else { return .ok }
            Failures.tell(
                "the broker has the message, and its verdict is not known yet: \(why); ask again with the same command "
                    + "and --id \(id)")
            return .unknownYet
        }
        let verdict = reply.value
        json["verdict"] = reply.json
        reading.tell(lines(verdict, terminal), .object(json))
        guard verdict.outcome == .refused || verdict.outcome == .dead else { return .ok }
        Failures.tell(
            "\(verdict.worker) refused it: \(verdict.trouble?.why ?? "it does not say why"); nothing has changed"
        )
        return .refused
    }

    private func lines(_ verdict: Verdict, _ terminal: Terminal) -> [String] {
        switch verdict.outcome {
        case .applied:
            let ofCase = (verdict.caseID ?? envelope.subject).map { ", case \($0)" } ?? ""
            let applied = terminal.paint("Applied", .green)
            return ["\(applied) by \(verdict.worker) at \(terminal.time(verdict.at))\(ofCase)."]
        case .early: return ["Kept by \(verdict.worker) until its time has come."]
        case .refused, .dead: return []
        }
    }
}
