internal import TopologyKit

/// Makes a broker what is declared, one difference after the other, in an order in which no moment is unsafe.
///
/// Rights come before queues and passwords last, so nobody logs in with more rights than declared. Whatever stops it on
/// the way, running it again goes on from there.
struct Rollout {
    /// What is declared.
    let topology: Topology
    /// The broker.
    let api: ManagementAPI
    /// The virtual host, made where it is missing.
    let virtualHost: String
    /// Where the passwords of new users go; `nil` leaves them without.
    let passwords: PasswordFolder?
    /// Whether to change nothing.
    let isDryRun: Bool
    /// Users that get a new password in the place of the one they have.
    var rotating: [String] = []
    /// How long to wait, once nothing is routed to them any more, before queues are looked into and removed.
    var pause = Duration.seconds(Limits.reportSeconds)

    /// Puts everything right, and says what was done.
    func run() async throws -> [Change] {
        try checkRotation()
        try await api.requireAdministrator()
        var changes: [Change] = []
        if try await !api.hasVirtualHost(virtualHost) {
            if !isDryRun { try await api.makeVirtualHost(virtualHost) }
            changes.append(Change(.created, "virtual host \(virtualHost)"))
        }
        let found = try await api.topology(of: virtualHost)
        var queuesKept: Set<String> = []
        var hasPaused = isDryRun
        for difference in topology.differences(from: found) {
            if !hasPaused, difference.item.kind == .queue, difference.kind == .undeclared {
                try await Task.sleep(for: pause)
                hasPaused = true
            }
            let change = try await settle(difference, queuesKept)
            if difference.item.kind == .queue, change.action == .kept {
                queuesKept.formUnion(difference.item.names)
            }
            changes.append(change)
        }
        for user in topology.users.map(\.name) where found.wantsPassword(user) {
            changes.append(try await givePassword(user))
        }
        let new = Set(changes.map(\.object))
        for user in rotating where !new.contains("password of \(user)") {
            changes.append(try await renewPassword(user))
        }
        return changes
    }

    /// Only who is declared can have a password, and it must not be lost.
    private func checkRotation() throws(RotationFault) {
        let known = topology.users.map(\.name)
        for user in rotating {
            guard passwords != nil else { throw .nowhere(user) }
            guard known.contains(user) else { throw .unknown(user, known: known) }
        }
    }

    /// The file first: a service that starts in between logs in a moment later, one that lost its password never.
    private func renewPassword(_ user: String) async throws -> Change {
        guard let passwords else { throw RotationFault.nowhere(user) }
        if !isDryRun { try await api.setPassword(passwords.renewedPassword(of: user), of: user) }
        return Change(
            .changed, "password of \(user)",
            note: "in \(passwords.path(of: user)); it counts from the next login on")
    }

    private func settle(_ difference: Difference, _ queuesKept: Set<String>) async throws -> Change {
        let item = difference.item
        guard difference.byHand == nil else { return Change(.kept, "\(item)", note: "\(difference)") }
        switch difference.kind {
        case .missing, .changed:
            if !isDryRun { try await api.put(item, in: virtualHost) }
            return difference.kind == .missing
                ? Change(.created, "\(item)") : Change(.changed, "\(item)", note: difference.sentence)
        case .undeclared:
            if item.kind == .policy, queuesKept.contains(item.names[0]) {
                return Change(.kept, "\(item)", note: "it stays with its queue")
            }
            if !isDryRun {
                if item.kind == .queue, try await !api.isEmpty(queue: item.names[0], in: virtualHost) {
                    return Change(.kept, "\(item)", note: "it is in use: a message or a consumer is there")
                }
                try await api.remove(item, in: virtualHost)
            }
            return Change(.removed, "\(item)")
        }
    }

    private func givePassword(_ user: String) async throws -> Change {
        guard let passwords else {
            return Change(.kept, "user \(user)", note: "it has no password yet; apply again with --passwords")
        }
        if !isDryRun { try await api.setPassword(passwords.password(of: user), of: user) }
        return Change(.created, "password of \(user)", note: "in \(passwords.path(of: user))")
    }
}
