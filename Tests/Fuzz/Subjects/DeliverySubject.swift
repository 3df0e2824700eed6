import AMQP
import StrictJSON

/// Bodies and keys of deliveries to a worker at work: each gets a verdict, and what follows from it can be read.
struct DeliverySubject: Subject {
    static let stretch = 32

    private var desk: CancellationDesk
    private let examples: [Delivered]
    private let bodies: [JSON]

    init(scratch: String) throws {
        desk = try CancellationDesk()
        examples = try desk.messages()
        bodies = examples.compactMap { try? JSON(parsing: $0.body) }
    }

    mutating func begin() throws { desk = try CancellationDesk() }

    func draw(_ mutator: inout Mutator) -> Delivered { mutator.delivery(from: examples, bodies: bodies) }

    mutating func take(_ input: Delivered) throws -> Bool { try desk.take(input) }

    static func bytes(of input: Delivered) -> [UInt8] { input.bytes }
}
