internal import StrictJSON

/// What a broker has in one virtual host, and what must be known of it before anything is changed.
public struct FoundTopology: Sendable {
    /// The objects of the virtual host, and all users of the broker.
    public var items: [Item] = []
    /// The policy in force on each queue and exchange that has one.
    public var policiesInForce: [(object: Item, policy: String)] = []
    /// How many messages a queue last reported; the broker may be seconds behind.
    public var messages: [String: Int64] = [:]
    /// Users with rights in other virtual hosts too.
    public var usersElsewhere: Set<String> = []
    /// Users that cannot log in with a password.
    public var usersWithoutPassword: Set<String> = []

    /// Nothing yet.
    public init() {}

    /// Whether a declared user wants a password: it is new, or Baton made it and did not come that far.
    public func wantsPassword(_ user: String) -> Bool {
        guard let tags = tags(of: user) else { return true }
        return tags == [Topology.userTag] && usersWithoutPassword.contains(user)
    }

    func first(sameAs item: Item) -> Item? { items.first { $0.isSame(as: item) } }

    /// The tags of a user; `nil` where there is none of that name.
    func tags(of user: String) -> [String]? {
        items.first { $0.kind == .user && $0.names == [user] }?.settings["tags"]?.arrayValue?
            .compactMap(\.stringValue)
    }

    /// The users with rights here.
    var usersHere: Set<String> {
        Set(items.filter { $0.kind == .permission || $0.kind == .topicPermission }.compactMap(\.names.first))
    }
}
