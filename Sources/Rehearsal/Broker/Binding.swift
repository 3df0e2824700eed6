public import Vocabulary
import Wire
public import WorkerKit

/// Leads messages of an exchange whose key matches a pattern into a queue.
public struct Binding: Equatable, Sendable {
    /// The exchange.
    public let exchange: String
    /// The pattern: words between dots, `*` for any one, `#` for any number of them (AMQP 0-9-1, 3.1.3.3).
    public let pattern: [Substring]
    /// The queue.
    public let queue: String

    /// Makes a binding.
    public init(exchange: String, pattern: String, queue: String) {
        self.exchange = exchange
        self.pattern = pattern.split(separator: ".", omittingEmptySubsequences: false)
        self.queue = queue
    }

    /// Whether a message published so is led into the queue.
    public func matches(exchange: String, routingKey: String) -> Bool {
        guard exchange == self.exchange else { return false }
        return Self.matches(
            pattern[...], routingKey.split(separator: ".", omittingEmptySubsequences: false)[...])
    }

    private static func matches(_ pattern: ArraySlice<Substring>, _ key: ArraySlice<Substring>) -> Bool {
        guard let first = pattern.first else { return key.isEmpty }
        let rest = pattern.dropFirst()
        if first == "#" { return (key.startIndex...key.endIndex).contains { matches(rest, key[$0...]) } }
        guard let word = key.first, first == "*" || first == word else { return false }
        return matches(rest, key.dropFirst())
    }
}

extension Binding {
    /// Everything that workers and teams with a queue need to hear.
    public static func all(of workers: [WorkerDeclaration], in directory: Directory) -> [Binding] {
        workers.flatMap(bindings)
            + directory.teams.filter(\.reach.includesQueue).map {
                Binding(.handoffs, "\($0.name).*", QueueName.team($0.name))
            } + [Binding(.unheard, "#", QueueName.unheard)]
    }

    private static func bindings(of worker: WorkerDeclaration) -> [Binding] {
        let queue = QueueName.worker(worker.name)
        return worker.starts.flatMap {
            [Binding(.commands, "start.\($0).*", queue), Binding(.commands, "withdraw.\($0).*", queue)]
        }
            + [Binding(.commands, "answer.*.\(worker.name)", queue)]
            + worker.hears.map { Binding(.events, $0.routingKey, queue) }
            + (worker.overhears ? [Binding(.handoffs, "#", queue)] : [])
            + [
                Binding(.redrive, "\(worker.name)", queue),
                Binding(.dead, "\(worker.name)", QueueName.dead(worker.name)),
            ]
    }

    private init(_ exchange: Exchange, _ pattern: String, _ queue: String) {
        self.init(exchange: exchange.rawValue, pattern: pattern, queue: queue)
    }
}
