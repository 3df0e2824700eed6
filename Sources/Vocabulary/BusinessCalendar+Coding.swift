public import StrictJSON

extension BusinessCalendar: Codable, SchemaProviding {
    /// A calendar as documents write it; what it says is checked when it becomes one.
    private struct Document: Codable {
        var timeZone: String
        var hours: WeeklyHours
        var holidays: [LocalDate]?
    }

    /// Reads zone, hours by weekday, and holidays, and checks them.
    public init(from decoder: any Decoder) throws {
        let document = try Document(from: decoder)
        do {
            try self.init(
                timeZone: document.timeZone, hours: document.hours, holidays: document.holidays ?? [])
        } catch {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "must be a calendar: \(error)"))
        }
    }

    /// Writes zone, hours by weekday, and holidays.
    public func encode(to encoder: any Encoder) throws {
        try Document(timeZone: timeZone, hours: hours, holidays: holidays).encode(to: encoder)
    }

    /// An object of zone, hours and holidays.
    public static var schema: JSON {
        let hours: JSON = ["type": "array", "items": OpeningHours.schema]
        return [
            "type": "object",
            "properties": [
                "timeZone": ["type": "string"],
                "hours": [
                    "type": "object",
                    "properties": .object(JSONObject(Weekday.allCases.map { ($0.rawValue, hours) })),
                ],
                "holidays": ["type": "array", "items": LocalDate.schema],
            ],
            "required": ["timeZone", "hours"],
            "examples": [["timeZone": "Europe/Berlin", "hours": ["monday": ["09:00-17:00"]]]],
        ]
    }
}
