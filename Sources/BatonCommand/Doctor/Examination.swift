internal import AMQP
internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// Looks at everything that a connection can tell.
struct Examination {
    let conversation: Conversation
    /// The directory that the reader has; `nil` where none was given.
    let directory: Directory?

    /// What asking in every role came to.
    private struct Contact {
        /// The roles whose questions the broker lets pass.
        var roles: [AskingRole] = []
        /// How the ledger stands, where it said so in any of them.
        var status: AskStatus.Reply?
        /// Why it said nothing.
        var failure: (any Failure)?
    }

    /// All of it, from the ground up.
    var findings: [Finding] {
        get throws {
            let contact = try contact
            let topology = try topology
            return [connection, login(contact), topology] + ledger(contact)
        }
    }

    // MARK: The broker

    private var connection: Finding {
        let endpoint = conversation.endpoint
        let isLocal = ["localhost", "127.0.0.1", "::1"].contains(endpoint.host)
        guard endpoint.isEncrypted || isLocal else {
            return .warning(
                "broker", "\(endpoint) answers, unencrypted: passwords can be read on the way; use amqps")
        }
        let way = endpoint.isEncrypted ? "encrypted, its certificate is trusted" : "on this machine"
        return .ok("broker", "\(endpoint) answers, \(way)")
    }

    private var contact: Contact {
        get throws {
            var contact = Contact()
            for role in AskingRole.allCases {
                do {
                    guard let reply = try conversation.ask(AskStatus(), as: role) else { continue }
                    contact.status = reply.value
                } catch let failure as any Failure {
                    contact.failure = failure
                }
                contact.roles.append(role)
                // One silence is long enough.
                if case BrokerFault.ledgerSilent? = contact.failure { break }
            }
            return contact
        }
    }

    private func login(_ contact: Contact) -> Finding {
        let user = conversation.settings.user
        guard !contact.roles.isEmpty else {
            return .fault("login", BrokerFault.mayNotAsk(user: user, roles: AskingRole.allCases))
        }
        let roles = contact.roles.map(\.rawValue).joined(separator: ", ")
        return .ok("login", "\(user) may ask the ledger as \(roles)")
    }

    private var topology: Finding {
        get throws {
            var missing = try Exchange.allCases.filter { try !conversation.hasExchange($0) }.map {
                "exchange \($0.rawValue)"
            }
            if let queue = teamQueue, try !conversation.hasQueue(queue) { missing.append("queue \(queue)") }
            guard missing.isEmpty else {
                return .fault(
                    "topology",
                    "there is no \(missing.joined(separator: ", no ")); run: baton topology apply",
                    .unexpectedAnswer)
            }
            return .ok("topology", "all exchanges are there" + (teamQueue.map { ", and queue \($0)" } ?? ""))
        }
    }

    /// The queue of the user's team, where the directory says that it has one.
    private var teamQueue: String? {
        guard let directory, let team = directory.user(conversation.settings.user)?.team,
            directory.team(team)?.reach.includesQueue == true
        else { return nil }
        return QueueName.team(team)
    }

    // MARK: The ledger

    private func ledger(_ contact: Contact) -> [Finding] {
        guard let status = contact.status else {
            switch contact.failure {
            case let refused as QuestionRefused:
                return [.warning("ledger", "it answers, but does not say how it stands: \(refused.why)")]
            case let failure?: return [.fault("ledger", failure)]
            case nil: return []
            }
        }
        return [
            .ok("ledger", "baton-ledger \(status.version) answers; open cases: \(status.openCases)"),
            clock(status), letters(status), gaps(status),
        ].compactMap(\.self) + status.workers.map { worker($0, status) } + digest(status)
    }

    private func clock(_ status: AskStatus.Reply) -> Finding? {
        let drift = Timestamp.now - status.now
        guard max(drift, .zero - drift) > Limits.clockDrift else { return nil }
        return .warning(
            "clock",
            "this machine's clock and the ledger's differ by \(drift); see to it that both are set by NTP")
    }

    private func letters(_ status: AskStatus.Reply) -> Finding? {
        status.letters == 0
            ? nil : .warning("letters", "unresolved dead letters: \(status.letters); see: baton dead list")
    }

    private func gaps(_ status: AskStatus.Reply) -> Finding? {
        status.casesWithGaps == 0
            ? nil
            : .warning(
                "records",
                "cases with records missing: \(status.casesWithGaps); see whether a worker or its store is down"
            )
    }

    private func worker(_ worker: AskStatus.WorkerStatus, _ status: AskStatus.Reply) -> Finding {
        let name = "worker \(worker.name)"
        guard let turn = worker.lastTurn else { return .ok(name, "no turn of it is on record yet") }
        let age = status.now - turn
        let sentence = "last turn \(age.inWords) ago"
        guard age > Limits.quietWorker, status.openCases > 0 else { return .ok(name, sentence) }
        return .warning(name, "\(sentence), while cases are open; see whether baton-\(worker.name) runs")
    }

    private func digest(_ status: AskStatus.Reply) -> [Finding] {
        guard let directory, let json = try? JSON(encoding: directory) else { return [] }
        guard Fingerprint.of(json.serialized()) == status.directoryDigest else {
            return [.warning("directory", "the ledger reads another one; install the same file on both")]
        }
        return [.ok("directory", "the ledger reads the same")]
    }
}

extension Duration {
    /// The largest unit that is full, rounded down.
    var inWords: String {
        let seconds = max(0, components.seconds)
        let units: [(Int64, String)] = [(86_400, "d"), (3600, "h"), (60, "min")]
        guard let (size, name) = units.first(where: { seconds >= $0.0 }) else { return "\(seconds) s" }
        return "\(seconds / size) \(name)"
    }
}
