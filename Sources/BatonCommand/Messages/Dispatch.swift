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
    /// Why it is not sent, unless it was before; `nil` where nothing is in its way.
    var obstacle: HandoffClosed?

    /// What became of a message.
    enum Outcome: Sendable {
        /// The broker has it; nobody waited.
        case sent
        /// The broker has it, and the verdict did not come in time; where the worker keeps it, that is known.
        case unknown(why: String, kept: JSON? = nil)
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
    ///   - announce: hears, in sentences, that the broker has it, before any waiting (whoever ends that keeps the id),
    ///     and what is waited for.
    func run(
        _ conversation: Conversation, patienceSeconds patience: Int?,
        announce: @Sendable (String) -> Void
    ) throws -> Outcome {
        if let obstacle {
            // What was sent before under this id is not sent again: its verdict is known.
            guard case .known(let verdict) = try outcome(conversation, patienceSeconds: 0, announce: { _ in })
            else { throw obstacle }
            return .known(verdict)
        }
        try conversation.send(envelope, key: key, what: what, remedy: remedy)
        announce("Sent as \(envelope.id).")
        guard let patience else { return .sent }
        // From here on the message is safe, and a missing ledger must not look like a missing message.
        do {
            return try outcome(conversation, patienceSeconds: patience, announce: announce)
        } catch let fault as any Failure {
            return .unknown(why: fault.description)
        }
    }

    /// Asks for the verdict until it is known or the time is up; the ledger holds each question for a while.
    private func outcome(
        _ conversation: Conversation, patienceSeconds patience: Int, announce: @Sendable (String) -> Void
    ) throws -> Outcome {
        var left = patience
        var outcome = Outcome.unknown(why: "the ledger has not heard of it within \(patience) s")
        var announced: String?
        repeat {
            let slice = min(left, AskVerdict.longestWaitSeconds)
            let question = AskVerdict(
                id: envelope.id, digest: envelope.contentDigest, waitSeconds: slice)
            let reply = try conversation.ask(question, naturallyAs: role, extraSeconds: slice)
            guard let verdict = reply.value.verdict else {
                left -= slice
                continue
            }
            let json = reply.json["verdict"] ?? .null
            guard verdict.outcome == .early else { return .known(LedgerReply(json: json, value: verdict)) }
            // The worker waits for another's word, and a later record decides; the ledger does not hold this question.
            let waiting = verdict.undecided
            if announced != waiting { announce("\(waiting).") }
            (announced, outcome) = (waiting, .unknown(why: waiting, kept: json))
            if left > 0 { sleep(UInt32(Limits.undecidedPauseSeconds)) }
            left -= Limits.undecidedPauseSeconds
        } while left > 0
        return outcome
    }
}

extension Dispatch {
    /// What to do for whoever may not start or withdraw cases of a process.
    static func starterRemedy(_ process: ProcessName) -> String {
        "give the user the role \"starter of \(process)\" in the directory, and apply the topology"
    }

    /// Says at once, to people who may not wait for the rest, under which id it went and what it waits for.
    static func announcement(_ reading: ReadingOptions) -> @Sendable (String) -> Void {
        guard reading.output.output == .text else { return { _ in } }
        return { sentence in
            print(sentence)
            fflush(nil)
        }
    }

    /// What became of it, for programs.
    func document(_ outcome: Outcome) -> JSONObject {
        var json: JSONObject = [
            "id": .string(envelope.id.rawValue), "type": .string(envelope.type.description),
        ]
        json["case"] = envelope.subject.map { .string($0.rawValue) }
        switch outcome {
        case .known(let reply): json["verdict"] = reply.json
        case .unknown(_, let kept): json["verdict"] = kept
        case .sent: break
        }
        return json
    }

    /// Tells what became of it, and makes of it what to exit with.
    func report(_ outcome: Outcome, _ reading: ReadingOptions, _ terminal: Terminal) -> ExitStatus {
        let json = JSON.object(document(outcome))
        guard case .known(let reply) = outcome else {
            reading.tell([], json)
            guard case .unknown(let why, _) = outcome else { return .ok }
            Failures.tell(
                "the broker has the message, and its verdict is not known yet: \(why); ask again with the same command "
                    + "and --id \(envelope.id)")
            return .unknownYet
        }
        let verdict = reply.value
        reading.tell(lines(verdict, terminal), json)
        guard verdict.outcome == .refused || verdict.outcome == .dead else { return .ok }
        let why = verdict.trouble?.why ?? "it does not say why"
        let amendment = Amendment(of: envelope.correlationID, offeredBy: why).map { "; \($0.hint)" } ?? ""
        Failures.tell("\(verdict.worker) refused it: \(why); nothing has changed\(amendment)")
        return .refused
    }

    private func lines(_ verdict: Verdict, _ terminal: Terminal) -> [String] {
        switch verdict.outcome {
        case .applied:
            let ofCase = (verdict.caseID ?? envelope.subject).map { ", case \($0)" } ?? ""
            let applied = terminal.paint("Applied", .green)
            return ["\(applied) by \(verdict.worker) at \(terminal.time(verdict.at))\(ofCase)."]
        case .early, .refused, .dead, .duplicate: return []
        }
    }
}

extension Verdict {
    /// That nothing is decided yet, and why.
    fileprivate var undecided: String {
        "\(worker) has not decided yet" + (trouble.map { ": \($0.why)" } ?? "")
    }
}
