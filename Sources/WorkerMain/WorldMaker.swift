package import Engine

/// How the world of a worker's effects is made of its configuration.
package struct WorldMaker: Sendable {
    /// Makes the world, on the worker's thread; what it is given wakes that thread when an effect has ended.
    package typealias Made = @Sendable (_ wake: @escaping @Sendable () -> Void) -> any World

    /// The keys that the worker's configuration has beside those of every service.
    let keys: [SettingKey]
    /// Reads what the keys are set to, by name; throws everything that is wrong with it, a line each.
    let read: @Sendable (_ value: (String) -> String?) throws -> Made

    /// Says how.
    package init(
        keys: [SettingKey], read: @escaping @Sendable (_ value: (String) -> String?) throws -> Made
    ) {
        self.keys = keys
        self.read = read
    }

    /// The world of a worker that does nothing outside.
    package static let nothing = WorldMaker(keys: []) { _ in { _ in NoWorld() } }
}
