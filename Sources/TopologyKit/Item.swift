public import StrictJSON

/// One object of a virtual host, in the words of RabbitMQ's definitions and management API.
///
/// Declared and found objects take this one form, so comparing and changing them needs no code per kind.
public struct Item: Equatable, Sendable {
    /// The kinds, in the order in which creating them is safe; removing goes the other way.
    ///
    /// A user's rights come before any queue, and its topic permissions before its permission, for a missing topic
    /// permission allows everything. Policies come before the queues they bound.
    public enum Kind: String, CaseIterable, Sendable {
        case user
        case topicPermission = "topic permission"
        case permission, policy, exchange, queue, binding
    }

    /// What it is.
    public let kind: Kind
    /// What tells it from others of its kind, by member.
    public let identity: JSONObject
    /// What can be otherwise, by member.
    public let settings: JSONObject

    /// Reads an object off a list of the management API or of definitions, which both say more than is declared.
    ///
    /// - Parameters:
    ///   - kind: what is listed.
    ///   - listed: the object; `nil` is returned where it lacks a member.
    public init?(_ kind: Kind, listed: JSON) {
        func members(_ keys: [String]) -> JSONObject? {
            let members = keys.compactMap { key in listed[key].map { (key, $0) } }
            return members.count == keys.count ? JSONObject(members) : nil
        }
        guard let identity = members(kind.identityKeys), let settings = members(kind.settingKeys) else {
            return nil
        }
        self.init(kind, identity, settings)
    }

    init(_ kind: Kind, _ identity: JSONObject, _ settings: JSONObject) {
        self.kind = kind
        self.identity = identity
        self.settings = settings
    }

    /// The texts that tell it from others of its kind, such as a binding's exchange, queue and key.
    public var names: [String] { identity.members.compactMap(\.value.stringValue) }

    /// Whether it is the same object, whatever its settings.
    public func isSame(as other: Item) -> Bool { kind == other.kind && identity == other.identity }
}

extension Item.Kind {
    var identityKeys: [String] {
        switch self {
        case .exchange, .queue, .policy, .user: ["name"]
        case .binding: ["source", "destination", "routing_key", "destination_type", "arguments"]
        case .permission: ["user"]
        case .topicPermission: ["user", "exchange"]
        }
    }

    var settingKeys: [String] {
        switch self {
        case .user: ["tags"]
        case .topicPermission: ["write", "read"]
        case .permission: ["configure", "write", "read"]
        case .policy: ["pattern", "apply-to", "definition", "priority"]
        case .exchange: ["type", "durable", "auto_delete", "internal", "arguments"]
        case .queue: ["durable", "auto_delete", "arguments"]
        case .binding: []
        }
    }

    /// The list of this kind in definitions.
    var listName: String {
        switch self {
        case .topicPermission: "topic_permissions"
        case .policy: "policies"
        default: "\(rawValue)s"
        }
    }
}

extension Item: CustomStringConvertible {
    /// Kind and name, such as `queue baton.cancellation`.
    public var description: String {
        let names = names
        return switch kind {
        case .binding: "binding \(names[0]) → \(names[1]) (\(names[2]))"
        case .topicPermission: "topic permission of \(names[0]) on \(names[1])"
        case .permission: "permission of \(names[0])"
        default: "\(kind.rawValue) \(names[0])"
        }
    }
}
