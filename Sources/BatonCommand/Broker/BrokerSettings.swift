internal import AMQP
internal import Vocabulary
internal import Wire

/// Where and as whom to connect, with everything decided.
struct BrokerSettings: Sendable {
    /// The brokers of one cluster, without a login in them.
    let endpoints: [Endpoint]
    /// The user; it stands in the routing keys.
    let user: UserName
    /// Its password.
    let credentials: Credentials
    /// The certificates to trust.
    let authorityFile: String?
    /// The role that was asked for, and whether no other will do.
    let role: (preferred: AskingRole, isOnly: Bool)?
    /// How long the ledger may take to reply.
    let replySeconds: Int
    /// The profile's time zone.
    let timeZone: String?

    /// The roles to ask in, one after the other where the broker refuses.
    ///
    /// - Parameter natural: what the command is usually used as.
    func roles(naturally natural: AskingRole) -> [AskingRole] {
        if let role, role.isOnly { return [role.preferred] }
        var roles = [AskingRole.operator, .team, .starter].filter { $0 != natural }
        roles.insert(natural, at: 0)
        guard let preferred = role?.preferred else { return roles }
        return [preferred] + roles.filter { $0 != preferred }
    }

    /// Connects and talks on a thread of its own: calls to the broker block.
    func converse<Result: Sendable>(
        _ body: @escaping @Sendable (Conversation) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            _ = PlainThread(named: "conversation") {
                continuation.resume(
                    with: Swift.Result {
                        let conversation = try Conversation(self)
                        defer { conversation.close() }
                        return try body(conversation)
                    })
            }
        }
    }
}
