import StrictJSON
import Vocabulary

/// One thing that a scripted worker is told to do.
struct Step: Codable, Equatable, Sendable {
    enum Verb: String, Codable, CaseIterable {
        case say, ask, revoke, wake, cancelTimer, run, fail, remember, openGate, wait
    }

    let verb: Verb
    /// A word, a timer's or handoff's key, or what is waited for.
    var key = ""
    var items: [String] = []
    var at: Timestamp?
    var isGated = false
    /// What is done when the answer, the timer or the outcome comes.
    var then: [Step] = []

    /// Publishes a word.
    static func say(_ word: String) -> Step { Step(verb: .say, key: word) }
    /// Asks the runners to fetch things.
    static func ask(_ items: [String], key: String = "", gated: Bool = false, then: [Step] = []) -> Step {
        Step(verb: .ask, key: key, items: items, isGated: gated, then: then)
    }
    static func revoke(key: String = "") -> Step { Step(verb: .revoke, key: key) }
    static func wake(at moment: Timestamp, key: String = "", then: [Step] = []) -> Step {
        Step(verb: .wake, key: key, at: moment, then: then)
    }
    static func cancelTimer(key: String = "") -> Step { Step(verb: .cancelTimer, key: key) }
    /// Does work outside.
    static func run(_ name: String) -> Step { Step(verb: .run, key: name) }
    /// Throws.
    static func fail(_ why: String) -> Step { Step(verb: .fail, key: why) }
    static func remember(_ word: String) -> Step { Step(verb: .remember, key: word) }
    static let openGate = Step(verb: .openGate)
    /// Says "not yet" unless the word is remembered.
    static func wait(for word: String) -> Step { Step(verb: .wait, key: word) }
}
