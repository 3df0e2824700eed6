import AMQP

/// Consumes a subject's follow-ups, on a connection of its own.
struct FollowUps {
    private let connection: Connection

    init(of subject: Subject, _ bench: Bench) throws {
        connection = try bench.connect()
        try connection.consume(subject.output, tag: "follow-ups", on: 1, acknowledging: false)
    }

    /// The numbers of those that came, at once when there are any; none when none came in time.
    func numbers(waitingAtMost wait: Duration) throws -> [Int] {
        try connection.events(waitingAtMost: wait).map { event in
            guard case .delivered(let delivered, _) = event else {
                throw Failure("instead of a follow-up: \(event)")
            }
            guard let number = TaskMessage.number(inFollowUp: delivered.body) else {
                throw Failure("a follow-up names no task")
            }
            return number
        }
    }

    func close() { connection.close() }
}
