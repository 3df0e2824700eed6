import AMQP

/// Headers, properties and addresses of deliveries to a worker at work.
struct HeadersSubject: Subject {
    static let stretch = 32

    private var desk: CancellationDesk
    private let examples: [Delivered]

    init(scratch: String) throws {
        desk = try CancellationDesk()
        examples = try desk.messages()
    }

    mutating func begin() throws { desk = try CancellationDesk() }

    func draw(_ mutator: inout Mutator) -> Delivered { mutator.headed(from: examples) }

    mutating func take(_ input: Delivered) throws -> Bool { try desk.take(input) }

    static func bytes(of input: Delivered) -> [UInt8] { input.bytes }
}
