/// Lets one in at a time.
public actor Turnstile {
    /// Users belong to the whole broker, not to a virtual host: who makes and removes the fleet's on the shared
    /// broker does so alone.
    public static let users = Turnstile()

    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Waits until nobody is inside.
    public func enter() async {
        guard isTaken else { return isTaken = true }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// Lets the next one in.
    public func leave() {
        guard !waiting.isEmpty else { return isTaken = false }
        waiting.removeFirst().resume()
    }
}
