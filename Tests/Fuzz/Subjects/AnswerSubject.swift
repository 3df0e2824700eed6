import AMQP
import StrictJSON

/// Answers to a worker's open handoffs, and what else teams say of these.
struct AnswerSubject: Subject {
    static let stretch = 32

    private var desk: CancellationDesk
    private let examples: [Delivered]
    private let bodies: [JSON]

    init(scratch: String) throws {
        desk = try CancellationDesk()
        examples = desk.answers()
        bodies = examples.compactMap { try? JSON(parsing: $0.body) }
    }

    mutating func begin() throws { desk = try CancellationDesk() }

    func draw(_ mutator: inout Mutator) -> Delivered {
        // What the answer says, mostly, under an envelope that is right.
        var delivery = mutator.pick(examples)
        guard !mutator.chance(oneIn: 4), let body = try? JSON(parsing: delivery.body),
            var members = body.objectValue, let data = members["data"]
        else { return mutator.delivery(from: examples, bodies: bodies) }
        members["data"] = mutator.changed(data, bodies.compactMap { $0["data"] })
        members["id"] = .string("answer-\(mutator.number(below: 1000))")
        delivery.body = JSON.object(members).serialized()
        return delivery
    }

    mutating func take(_ input: Delivered) throws -> Bool { try desk.take(input) }

    static func bytes(of input: Delivered) -> [UInt8] { input.bytes }
}
