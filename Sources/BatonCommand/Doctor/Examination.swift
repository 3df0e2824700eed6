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
        return FleetReview(status, directory: directory, now: .now).findings
    }
}
