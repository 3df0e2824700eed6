internal import StrictJSON
internal import TopologyKit

extension ManagementAPI {
    /// Whether there is a virtual host of that name.
    func hasVirtualHost(_ name: String) async throws(ManagementError) -> Bool {
        do {
            try await send(.get, ["vhosts", name])
            return true
        } catch .notFound {
            return false
        }
    }

    /// What the broker has in a virtual host, and its users.
    func topology(of virtualHost: String) async throws(ManagementError) -> FoundTopology {
        var found = FoundTopology()
        for kind in Item.Kind.allCases {
            for listed in try await list(kind, of: virtualHost) {
                guard let item = Item(kind, listed: listed) else { continue }
                // Only rights are listed for every virtual host.
                if let place = listed["vhost"]?.stringValue, place != virtualHost {
                    found.usersElsewhere.insert(item.names[0])
                    continue
                }
                found.items.append(item)
                found.note(item, listed)
            }
        }
        return found
    }

    /// The objects of one kind, as the API lists them: rights of all virtual hosts, and nothing of one that is missing.
    private func list(_ kind: Item.Kind, of virtualHost: String) async throws(ManagementError) -> [JSON] {
        let path =
            switch kind {
            case .user: ["users"]
            case .topicPermission: ["topic-permissions"]
            case .permission: ["permissions"]
            case .policy: ["policies", virtualHost]
            case .exchange: ["exchanges", virtualHost]
            case .queue: ["queues", virtualHost]
            case .binding: ["bindings", virtualHost]
            }
        // The counts of messages are all that is wanted of what the broker gathers about queues.
        let query = kind == .queue ? "?disable_stats=true&enable_queue_totals=true" : ""
        do { return try await send(.get, path, query: query).arrayValue ?? [] } catch .notFound { return [] }
    }
}

extension FoundTopology {
    /// Notes what an object's settings do not say.
    fileprivate mutating func note(_ item: Item, _ listed: JSON) {
        switch item.kind {
        case .user:
            if listed["password_hash"]?.stringValue == "" { usersWithoutPassword.formUnion(item.names) }
        case .queue, .exchange:
            if let policy = listed["policy"]?.stringValue { policiesInForce.append((item, policy)) }
            if let count = listed["messages"]?.integerValue { messages[item.names[0]] = count }
        case .topicPermission, .permission, .policy, .binding: break
        }
    }
}
