import AMQP
import StrictJSON

/// Deliveries to the ledger at work, on a file of its own: records, letters, questions, commands, pulses.
struct LedgerSubject: Subject {
    static let stretch = 64

    private let scratch: String
    private var desk: LedgerDesk
    private let history: [Delivered]
    private let examples: [Delivered]
    private let bodies: [JSON]

    init(scratch: String) throws {
        self.scratch = scratch
        desk = try LedgerDesk(scratch: scratch)
        history = try LedgerDesk.history()
        examples = try LedgerDesk.messages()
        bodies = examples.compactMap { try? JSON(parsing: $0.body) }
    }

    mutating func begin() throws {
        desk = try LedgerDesk(scratch: scratch)
        for delivery in history { _ = try desk.take(delivery) }
    }

    func draw(_ mutator: inout Mutator) -> Delivered {
        mutator.chance(oneIn: 3)
            ? mutator.headed(from: examples) : mutator.delivery(from: examples, bodies: bodies)
    }

    func take(_ input: Delivered) throws -> Bool { try desk.take(input).isTaken }

    static func bytes(of input: Delivered) -> [UInt8] { input.bytes }
}
