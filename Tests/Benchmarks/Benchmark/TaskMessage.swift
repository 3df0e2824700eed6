import AMQP

/// A message of the benchmark: a whole envelope of about 1 KiB, for a case of its own.
struct TaskMessage {
    let number: Int

    static let routingKey = "bench.task-created"
    private static let padding = String(repeating: "x", count: 720)
    private static let numberField = Array("\"number\":".utf8)

    var publication: Publication {
        var properties = Properties()
        properties.contentType = "application/cloudevents+json"
        let body = """
            {"specversion":"1.0","id":"task-\(number)","source":"/bench","type":"bench.task-created.v1",\
            "subject":"benchmark/case-\(number)","time":"2026-01-01T00:00:00Z",\
            "datacontenttype":"application/json","data":{"number":\(number),"padding":"\(Self.padding)"}}
            """
        return Publication(
            token: Int64(number), exchange: "baton.events", routingKey: Self.routingKey,
            properties: properties, body: Array(body.utf8))
    }

    /// The number of the task that a follow-up belongs to, in whichever wire format; `nil` where it names none.
    static func number(inFollowUp body: [UInt8]) -> Int? {
        guard let field = body.firstRange(of: numberField) else { return nil }
        let digits = body[field.upperBound...].drop { $0 == UInt8(ascii: " ") }.prefix {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}
