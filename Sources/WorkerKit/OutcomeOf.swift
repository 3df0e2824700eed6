/// What doing an effect brought back, with the effect; the outcome's own fields read as if they stood here.
@dynamicMemberLookup
public struct OutcomeOf<E: Effect>: Sendable {
    /// What was to be done.
    public let effect: E
    /// What it brought back.
    public let outcome: E.Outcome

    /// A field of the outcome.
    public subscript<Value>(dynamicMember field: KeyPath<E.Outcome, Value>) -> Value {
        outcome[keyPath: field]
    }
}
