import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire
import WorkerKit

extension [Sent] {
    /// The one question of a type that was asked.
    func question<H: Handoff>(_ handoff: H.Type, sourceLocation: SourceLocation = #_sourceLocation) throws
        -> Sent
    {
        let asked = questions.filter { $0.type == H.type.rawValue }
        try #require(
            asked.count == 1, "\(H.type) was asked \(asked.count) times", sourceLocation: sourceLocation)
        return try #require(asked.first, sourceLocation: sourceLocation)
    }

    /// The one event of a type that was published.
    func event<E: Event>(_ event: E.Type, sourceLocation: SourceLocation = #_sourceLocation) throws -> E {
        let published = events.filter { $0.type == E.type.rawValue }
        try #require(
            published.count == 1, "\(E.type) was published \(published.count) times",
            sourceLocation: sourceLocation)
        return try StrictDecoder.decode(
            E.self, from: try #require(published.first?.envelope?.data, sourceLocation: sourceLocation))
    }

    /// The types of what left, in order.
    var types: [String?] { map(\.type) }
}

extension Sent {
    /// The question as its own type.
    func asked<H: Handoff>(_ handoff: H.Type) throws -> H {
        try StrictDecoder.decode(H.self, from: try #require(envelope?.data), unknownKeys: .ignored)
    }
}
