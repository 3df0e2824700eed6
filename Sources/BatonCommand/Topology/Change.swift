internal import StrictJSON

/// What applying did about one object.
struct Change: Equatable, CustomStringConvertible {
    /// What was done.
    enum Action: String {
        /// It is new.
        case created
        /// It has other settings now.
        case changed
        /// It is gone.
        case removed
        /// It is not as declared, and was left.
        case kept
    }

    /// What was done.
    let action: Action
    /// The object, by kind and name.
    let object: String
    /// What there is to say of it.
    let note: String?

    init(_ action: Action, _ object: String, note: String? = nil) {
        self.action = action
        self.object = object
        self.note = note
    }

    var description: String { "\(action.rawValue) \(object)" + (note.map { ": \($0)" } ?? "") }

    var json: JSON {
        var members: JSONObject = ["action": .string(action.rawValue), "object": .string(object)]
        members["note"] = note.map { .string($0) }
        return .object(members)
    }
}
