import AMQP
import BrokerSupport
import StrictJSON
import Testing

/// What an operator does about dead letters, with `baton` alone.
extension LiveFleet {
    /// What `baton` prints as JSON.
    func json(as user: String, _ arguments: [String]) throws -> JSON {
        let result = try baton(as: user, arguments)
        try #require(result.code == 0, "\(arguments): \(result.complaint)")
        return try JSON(parsing: Array(result.output.utf8))
    }

    /// The open letters, all or of one kind of trouble, as `baton dead list` has them.
    func letters(kind: String? = nil) throws -> [JSON] {
        let filter = kind.map { ["--kind", $0] } ?? []
        let list = try json(as: "operations", ["dead", "list", "--limit", "500", "-o", "json"] + filter)
        return list["elements"]?.arrayValue ?? []
    }

    /// Waits until so many open letters are listed.
    func letters(
        _ count: Int, kind: String? = nil, within patience: Duration = .seconds(60)
    ) throws -> [JSON] {
        let deadline = ContinuousClock.now + patience
        let pause = Wakeup()
        while true {
            let found = try letters(kind: kind)
            guard found.count != count else { return found }
            guard ContinuousClock.now < deadline else {
                Issue.record("\(found.count) letters in place of \(count) (\(kind ?? "any")): \(found)")
                return found
            }
            // The ledger tells nobody of its own accord.
            pause.wait(atMost: .milliseconds(200))
        }
    }

    /// The first command that `baton dead show` advises of those that contain a text, as an operator would run it.
    func advice(on letter: JSON, naming text: String) throws -> [String] {
        let id = try #require(letter["id"]?.stringValue)
        let shown = try json(as: "operations", ["dead", "show", id, "-o", "json"])
        let commands = (shown["advice"]?.arrayValue ?? []).compactMap { $0["command"]?.stringValue }
        let command = try #require(
            commands.first { $0.contains(text) }, "\(text) is not advised: \(commands)")
        return try Self.words(of: command)
    }

    /// The words of a command, with what is to be filled in filled in.
    private static func words(of command: String) throws -> [String] {
        var words = command.split(separator: " ").map(String.init)
        try #require(words.removeFirst() == "baton", "\(command)")
        for (index, word) in words.enumerated().dropFirst() where word == "…" {
            words[index] = words[index - 1] == "--by" ? "olga@example.com" : "it is mended"
        }
        return words
    }

    /// Runs a command that was advised.
    func follow(_ command: [String]) throws -> Result { try baton(as: "operations", command) }

    /// Waits until nothing lies in these queues any more.
    func expectEmpty(_ queues: [String], within patience: Duration = .seconds(150)) throws {
        let deadline = ContinuousClock.now + patience
        let pause = Wakeup()
        var left = try self.left(in: queues)
        while !left.isEmpty, ContinuousClock.now < deadline {
            // A queue tells nobody that it is empty.
            pause.wait(atMost: .milliseconds(200))
            left = try self.left(in: queues)
        }
        #expect(left.isEmpty, "messages are left: \(left)")
    }
}
