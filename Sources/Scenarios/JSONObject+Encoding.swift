import StrictJSON

extension JSONObject {
    /// The members of a message; what does not encode to an object is a mistake in its type.
    init(encoding message: some Encodable) {
        guard let members = try? JSON(encoding: message).objectValue else {
            preconditionFailure("\(type(of: message)) does not encode to an object")
        }
        self = members
    }

    /// Only these members.
    func keeping(_ keys: [String]) -> JSONObject {
        JSONObject(members.filter { keys.contains($0.key) }.map { ($0.key, $0.value) })
    }

    /// These members and another object's.
    func merging(_ other: JSONObject) -> JSONObject {
        var merged = self
        for member in other.members { merged[member.key] = member.value }
        return merged
    }
}
