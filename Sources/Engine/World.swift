public import StrictJSON
public import Wire

/// Whatever an effect touches: mail, tickets, DNS, look-ups.
public protocol World: AnyObject {
    /// Starts one try of an effect, elsewhere; the outcome comes by ``outcomes()``.
    ///
    /// - Parameters:
    ///   - effect: what is to be done; its `id` is the idempotency key.
    ///   - timeout: how long the try may take; after it, ``EffectOutcome/failed(_:)`` must follow.
    func start(_ effect: EffectRow, timeout: Duration)
    /// What ended since the last call, by the effect's id.
    func outcomes() -> [(id: String, outcome: EffectOutcome)]
    /// What keeps it from doing anything, whichever effect; `nil` where nothing is known to. Default: `nil`.
    var trouble: Pulse.Trouble? { get }
}

extension World {
    /// Nothing is known to.
    public var trouble: Pulse.Trouble? { nil }
}

/// How one try of an effect ended.
public enum EffectOutcome: Equatable, Sendable {
    /// It is done; what it brought back.
    case done(JSON)
    /// It did not work, or nobody knows whether it did; it is tried again under the same key.
    case failed(String)
    /// It was not tried: the world is not set up for it (a login, a certificate); counts as no attempt.
    case blocked(String)
    /// It cannot work, ever.
    case impossible(String)
}

/// The world of a worker that does nothing outside.
public final class NoWorld: World {
    /// Nothing.
    public init() {}
    /// There is nothing to start.
    public func start(_ effect: EffectRow, timeout: Duration) {
        preconditionFailure("\(effect.type) was run by a worker that was given no world to run it in")
    }
    /// Nothing ends.
    public func outcomes() -> [(id: String, outcome: EffectOutcome)] { [] }
}
