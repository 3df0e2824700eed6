import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

extension Post {
    /// Starts a case of the scripted worker.
    static func begin(_ id: String, case name: String = "c", _ steps: Step...) throws -> Post {
        try begin(id, case: name, steps)
    }

    /// Starts a case that does many things.
    static func begin(_ id: String, case name: String = "c", _ steps: [Step]) throws -> Post {
        Post(
            key: "start.play.intake",
            .envelope(
                id: id, type: "scripted.begin.v1", subject: "play/\(name)",
                data: try JSON(encoding: Begin(steps: steps))))
    }

    /// The director's event.
    static func told(_ id: String, case name: String = "c", _ steps: Step...) throws -> Post {
        Post(
            exchange: .events, key: "director.told",
            .envelope(
                id: id, type: "director.told.v1", subject: "play/\(name)",
                data: try JSON(encoding: Told(steps: steps))))
    }

    /// The runners bring things.
    static func brought(_ id: String, _ items: [String], for handoff: HandoffID?) throws -> Post {
        let handoff = try #require(handoff)
        return Post(
            key: "answer.runners.scripted",
            .envelope(
                id: id, type: "scripted.errand-answer.v1", correlation: handoff.rawValue,
                data: ["brought": .array(items.map(JSON.string)), "by": "rita"]))
    }
}

extension Sent {
    /// The word of a ``Said`` event.
    var word: String? { envelope?.data["word"]?.stringValue }
}

extension [Sent] {
    /// The words that were said, in order.
    var words: [String] { events.compactMap(\.word) }
}

extension EffectOutcome {
    /// The chore is done, and this follows.
    static func done(_ steps: Step...) throws -> EffectOutcome {
        .done(try JSON(encoding: Chore.Outcome(steps: steps)))
    }
}
