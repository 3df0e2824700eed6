import AMQP
import Vocabulary
import Wire

/// Words with a meaning: ids, names, times, amounts, durations, addresses. One that is taken is written so that it is
/// read back the same, and calendars reckon with it.
struct WordSubject: Subject {
    /// What reads words of one kind.
    private struct Reader {
        let name: String
        let example: String
        let take: (String) throws -> Bool
    }

    private let readers: [Reader]
    private let calendars: [BusinessCalendar]

    init(scratch: String) throws {
        calendars = [
            .fallback,
            try BusinessCalendar(
                timeZone: "Europe/Berlin", hours: [.sunday: ["00:30-05:00"]], holidays: ["2026-03-29"]),
            try BusinessCalendar(timeZone: "Pacific/Apia", hours: [.friday: ["23:59-24:00"]]),
        ]
        let calendars = calendars
        readers = [
            Self.reader(CaseID.self), Self.reader(HandoffID.self), Self.reader(MessageID.self),
            Self.reader(ProcessName.self), Self.reader(WorkerName.self), Self.reader(UserName.self),
            Self.reader(Team.self), Self.reader(Person.self), Self.reader(EmailAddress.self),
            Self.reader(MessageType.self), Self.reader(Money.self), Self.reader(OpeningHours.self),
            Self.reader(LocalDate.self), Self.reader(Directory.Role.self),
            Self.reader(Directory.VirtualOfficeLicence.self),
            Self.reader(Timestamp.self) { moment in
                for calendar in calendars {
                    _ = calendar.nextOpening(after: moment)
                    _ = calendar.nextClosing(after: moment)
                    _ = calendar.lastClosing(inMonthOf: moment)
                    _ = calendar.adding(.days(3), to: moment)
                }
            },
            Self.reader(BusinessDuration.self) { duration in
                for calendar in calendars { _ = calendar.adding(duration, to: Timestamp.example) }
            },
            Reader(name: "Sender", example: "team:ems") { Sender(rawValue: $0) != nil },
            Reader(name: "Endpoint", example: "amqps://ems:secret@rabbit-1.example.com:5671/baton") {
                (try? Endpoint(url: $0)) != nil
            },
            Reader(name: "calendar", example: "America/Chicago") {
                (try? BusinessCalendar(timeZone: $0, hours: [.monday: ["09:00-17:00"]])) != nil
            },
        ]
    }

    private static func reader<Word: TextValue>(
        _ word: Word.Type, using use: @escaping (Word) -> Void = { _ in }
    ) -> Reader {
        Reader(name: "\(word)", example: word.example) { text in
            guard let value = word.init(rawValue: text) else { return false }
            guard word.init(rawValue: value.rawValue) == value else {
                throw BrokenPromise("\(word) \"\(text)\" is written \"\(value)\", which is not the same")
            }
            use(value)
            return true
        }
    }

    func draw(_ mutator: inout Mutator) -> (reader: Int, text: String) {
        let reader = mutator.number(below: readers.count)
        let other = mutator.pick(readers).example
        return (reader, mutator.text(from: [readers[reader].example, readers[reader].example, other]))
    }

    func take(_ input: (reader: Int, text: String)) throws -> Bool {
        try readers[input.reader].take(input.text)
    }

    static func bytes(of input: (reader: Int, text: String)) -> [UInt8] {
        Array("reader \(input.reader): \(input.text)".utf8)
    }
}

extension Timestamp {
    /// A moment to reckon from.
    fileprivate static let example: Timestamp = "2026-03-27T16:59:59.999Z"
}
