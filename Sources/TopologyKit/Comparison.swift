internal import StrictJSON
internal import Wire

extension Topology {
    /// What of this a broker has otherwise, in the order in which it can safely be put right.
    ///
    /// Looked at are the objects whose names begin with `baton.`, what is bound to them, the declared users, and those
    /// that carry Baton's tag. Administrators are left alone; any other user with rights in the virtual host is named.
    public func differences(from found: FoundTopology) -> [Difference] {
        let comparison = Comparison(declared: items, found: found)
        return Item.Kind.allCases.flatMap(comparison.unmet) + comparison.overruled
            + Item.Kind.allCases.reversed().flatMap(comparison.undeclared)
    }
}

private struct Comparison {
    let declared: [Item]
    let found: FoundTopology
    /// The declared users.
    let users: Set<String>
    /// Declared users whom somebody gave tags of his own: whoever they are, their rights are not touched.
    let taggedUsers: Set<String>

    init(declared: [Item], found: FoundTopology) {
        self.declared = declared
        self.found = found
        users = Set(declared.filter { $0.kind == .user }.flatMap(\.names))
        taggedUsers = users.filter { ![nil, [], [Topology.userTag]].contains(found.tags(of: $0)) }
    }

    // MARK: - Declared and not so

    func unmet(_ kind: Item.Kind) -> [Difference] {
        declared.filter { $0.kind == kind && !isRightOfTaggedUser($0) }.compactMap { item in
            guard let other = found.first(sameAs: item) else {
                return Difference(item, .missing, "\(item) is missing")
            }
            // A user without any tag was made by somebody for Baton to use, and is never removed.
            guard other.settings != item.settings, other.settings != ["tags": []] else { return nil }
            let mismatches = Self.mismatches(other.settings, item.settings).joined(separator: ", ")
            return Difference(item, .changed, "\(item): \(mismatches)", byHand: Self.unchangeable(kind))
        }
    }

    private func isRightOfTaggedUser(_ item: Item) -> Bool {
        switch item.kind {
        case .permission, .topicPermission: taggedUsers.contains(item.names[0])
        default: false
        }
    }

    private static func unchangeable(_ kind: Item.Kind) -> String? {
        switch kind {
        case .user: "its rights are left alone; rename it in the directory, or take its tags away"
        case .exchange, .queue:
            "this cannot be changed in place; delete it when nothing is in it, and apply again"
        case .topicPermission, .permission, .policy, .binding: nil
        }
    }

    /// The settings that are otherwise, member by member.
    private static func mismatches(_ found: JSONObject, _ declared: JSONObject, path: String = "") -> [String]
    {
        let keys = declared.keys + found.keys.filter { declared[$0] == nil }
        return keys.flatMap { key -> [String] in
            let (has, wants) = (found[key], declared[key])
            guard has != wants else { return [] }
            if case .object(let has) = has, case .object(let wants) = wants {
                return mismatches(has, wants, path: "\(path)\(key).")
            }
            return ["\(path)\(key) is \(has?.text ?? "not set"), declared is \(wants?.text ?? "not set")"]
        }
    }

    // MARK: - There and not declared

    func undeclared(_ kind: Item.Kind) -> [Difference] {
        found.items.filter { $0.kind == kind && isWithinReach($0) }.filter { item in
            !declared.contains { $0.isSame(as: item) }
        }.map { item in
            Difference(item, .undeclared, "\(item) is not declared", byHand: judgement(item))
        }
    }

    /// Whether an object that is not declared is any business of ours.
    private func isWithinReach(_ item: Item) -> Bool {
        let names = item.names
        switch item.kind {
        case .exchange, .queue, .policy: return Self.isBatons(names[0])
        case .binding: return !names[0].isEmpty && Self.isBatons(names[1])
        case .user: return isLeftOver(names[0]) && !found.usersElsewhere.contains(names[0])
        case .permission: return isLeftOverElsewhere(names[0]) || isStranger(names[0])
        case .topicPermission:
            return isLeftOverElsewhere(names[0]) || users.contains(names[0]) && Self.isBatons(names[1])
        }
    }

    private static func isBatons(_ name: String) -> Bool { name.hasPrefix("baton.") }

    /// Baton made the user, and for this virtual host, but it is no longer declared.
    private func isLeftOver(_ user: String) -> Bool {
        found.tags(of: user) == [Topology.userTag] && !users.contains(user) && found.usersHere.contains(user)
    }

    /// Such a user lives on in another virtual host, and loses its rights in this one.
    private func isLeftOverElsewhere(_ user: String) -> Bool {
        isLeftOver(user) && found.usersElsewhere.contains(user)
    }

    /// Somebody else's user, and no administrator.
    private func isStranger(_ user: String) -> Bool {
        let tags = found.tags(of: user) ?? []
        return !users.contains(user) && tags != [Topology.userTag] && !tags.contains("administrator")
    }

    private func judgement(_ item: Item) -> String? {
        let name = item.names[0]
        switch item.kind {
        case .queue:
            return messages(in: name).map {
                "it stays, for it holds \($0): move or purge them, and apply again"
            }
        case .policy where messages(in: name) != nil:
            return "it stays with its queue, which is not empty"
        case .permission where isStranger(name):
            return "add the user to the directory, or take its rights away"
        default: return nil
        }
    }

    /// How many messages an undeclared queue holds, in words; `nil` where it is empty or not there.
    private func messages(in queue: String) -> String? {
        let isDeclared = declared.contains { $0.kind == .queue && $0.names == [queue] }
        guard !isDeclared, let count = found.messages[queue], count > 0 else { return nil }
        return count == 1 ? "1 message" : "\(count) messages"
    }

    // MARK: - Overruled

    /// Only one policy applies to an object, so a foreign one of a higher priority takes every limit away.
    var overruled: [Difference] {
        found.policiesInForce.compactMap { object, inForce in
            guard declared.contains(where: { $0.isSame(as: object) }), let policy = policy(for: object),
                found.first(sameAs: policy) == policy, inForce != policy.names[0]
            else { return nil }
            return Difference(
                policy, .changed, "policy \(inForce) is in force on \(object) instead of \(policy.names[0])",
                byHand: "lower its priority, narrow its pattern, or remove it")
        }
    }

    private func policy(for object: Item) -> Item? {
        let name = object.names[0]
        let wanted =
            switch object.kind {
            case .queue: name
            case .exchange where name != Exchange.unheard.rawValue: Policy.unheard.name
            default: ""
            }
        return declared.first { $0.kind == .policy && $0.names == [wanted] }
    }
}
