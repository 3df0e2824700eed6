internal import StrictJSON
internal import TopologyKit

extension ManagementAPI {
    /// Makes a virtual host; one that is there stays as it is.
    func makeVirtualHost(_ name: String) async throws(ManagementError) {
        try await send(.put, ["vhosts", name])
    }

    /// Makes an object, or gives it these settings; a new user cannot log in with a password yet.
    func put(_ item: Item, in virtualHost: String) async throws(ManagementError) {
        var body = item.settings
        switch item.kind {
        case .user:
            body["tags"] = .string(Topology.userTag)
            body["password_hash"] = ""
        case .topicPermission:
            body["exchange"] = item.identity["exchange"]
            try await send(
                .put, ["topic-permissions", virtualHost, item.names[0]], body: .object(body))
            return
        case .binding:
            body["routing_key"] = item.identity["routing_key"]
            try await send(.post, place(ofBindingsLike: item, in: virtualHost), body: .object(body))
            return
        case .permission, .policy, .exchange, .queue: break
        }
        try await send(.put, place(of: item, in: virtualHost), body: .object(body))
    }

    /// Gives a user a password.
    func setPassword(_ password: String, of user: String) async throws(ManagementError) {
        try await send(
            .put, ["users", user], body: ["password": .string(password), "tags": .string(Topology.userTag)])
    }

    /// Removes an object; one that is gone already is none the worse for it.
    func remove(_ item: Item, in virtualHost: String) async throws(ManagementError) {
        do {
            if item.kind == .binding {
                try await removeBinding(item, in: virtualHost)
            } else {
                try await send(.delete, place(of: item, in: virtualHost))
            }
        } catch .notFound {}
    }

    /// A binding is removed by a key that only the broker can tell, for it encodes the arguments too.
    private func removeBinding(_ item: Item, in virtualHost: String) async throws(ManagementError) {
        let bindings = place(ofBindingsLike: item, in: virtualHost)
        for listed in try await send(.get, bindings).arrayValue ?? [] {
            guard Item(.binding, listed: listed) == item, let key = listed["properties_key"]?.stringValue
            else {
                continue
            }
            try await send(.delete, bindings + [key])
        }
    }

    /// Whether nothing is in a queue, and nobody holds what was.
    ///
    /// RabbitMQ cannot delete a quorum queue on condition that it is empty, and reports its consumers some seconds late:
    /// see ``Limits/reportSeconds``. A message is looked for, and given back.
    func isEmpty(queue: String, in virtualHost: String) async throws(ManagementError) -> Bool {
        do {
            let place = ["queues", virtualHost, queue]
            let consumers = try await send(.get, place)["consumer_details"]?.arrayValue ?? []
            guard consumers.isEmpty else { return false }
            let look: JSON = [
                "count": 1, "ackmode": "ack_requeue_true", "encoding": "auto", "truncate": 1,
            ]
            return try await send(.post, place + ["get"], body: look).arrayValue?.isEmpty ?? false
        } catch .notFound {
            return true
        }
    }

    private func place(of item: Item, in virtualHost: String) -> [String] {
        switch item.kind {
        case .user: ["users"] + item.names
        case .topicPermission: ["topic-permissions", virtualHost] + item.names
        case .permission: ["permissions", virtualHost] + item.names
        case .policy: ["policies", virtualHost] + item.names
        case .exchange: ["exchanges", virtualHost] + item.names
        case .queue: ["queues", virtualHost] + item.names
        case .binding: place(ofBindingsLike: item, in: virtualHost)
        }
    }

    private func place(ofBindingsLike item: Item, in virtualHost: String) -> [String] {
        let destination = item.identity["destination_type"] == "queue" ? "q" : "e"
        return ["bindings", virtualHost, "e", item.names[0], destination, item.names[1]]
    }
}
