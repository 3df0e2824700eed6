import Engine

@testable import Ledger

/// Queues of letters that are lists; what a pass hands over it hands over at once, or in batches.
final class ScriptedQueues: LetterQueues {
    /// What lies in each queue.
    var lying: [String: [Delivery]] = [:]
    /// How much lies in all of them.
    var count: Int { lying.values.reduce(0) { $0 + $1.count } }
    /// Whether the broker can be asked.
    var isReachable = true
    /// Whether others hold something, so that no pass is whole.
    var isShared = false
    /// The queues that were passed over, one after the other.
    private(set) var passes: [String] = []
    private var current: (queue: String, next: Int)?
    private var told: [UInt64: Int] = [:]
    private var gone: Set<Int> = []

    func depths(of queues: [String]) -> [Int]? {
        isReachable ? queues.map { lying[$0]?.count ?? 0 } : nil
    }

    func beginPass(over queue: String) {
        passes.append(queue)
        current = (queue, 0)
    }

    func events(waitingAtMost wait: Duration, batch: Int) -> [PassEvent] {
        guard let (queue, next) = current else { return [] }
        guard isReachable else { return [.lost("the broker went home")] }
        let letters = lying[queue] ?? []
        let end = min(next + batch, letters.count)
        current = (queue, end)
        let handed = letters[next..<end].enumerated().map { offset, letter in
            told[UInt64(next + offset + 1)] = next + offset
            return PassEvent.letter(
                Delivery(
                    tag: UInt64(next + offset + 1), exchange: letter.exchange, routingKey: letter.routingKey,
                    properties: letter.properties, body: letter.body, returns: 0, death: letter.death))
        }
        return handed + (end == letters.count ? [.end(isWhole: !isShared)] : [])
    }

    func takeOff(_ tags: [UInt64]) { gone.formUnion(tags.compactMap { told[$0] }) }

    func endPass() {
        guard let (queue, _) = current else { return }
        lying[queue] = (lying[queue] ?? []).enumerated().filter { !gone.contains($0.offset) }.map(\.element)
        (current, told, gone) = (nil, [:], [])
    }
}
