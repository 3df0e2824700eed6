import Vocabulary

extension Directory {
    /// Teams reached by queue, mail or both, a starter in a team and one without, and a few products; open day and
    /// night.
    package static func sample(hours allDay: [OpeningHours] = ["00:00-24:00"]) throws -> Directory {
        let always = try BusinessCalendar(
            timeZone: "UTC", hours: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, allDay) }))
        return try Directory(
            calendars: [CalendarEntry(key: "always", calendar: always)],
            teams: ["cs-specialists", "cs-representatives", "front-desk", "order-team", "runners"].map {
                team($0, reach: .queue)
            } + [
                team("ems", reach: .both, addresses: ["emil@example.com", "emma@example.com"]),
                team("sales", reach: .mail, addresses: ["sales@example.com"]),
            ],
            users: [
                UserEntry(name: "intake", team: "front-desk", roles: [.starter("saas-to-local")]),
                UserEntry(name: "web-form", roles: [.starter("saas-to-local")]),
            ],
            products: [
                Product(code: "crm-saas", title: "CRM", family: "crm"),
                Product(code: "payroll-saas", title: "Payroll", family: "payroll"),
                Product(code: "crm", title: "CRM, installed", family: "crm"),
            ])
    }

    private static func team(_ name: Team, reach: Reach, addresses: [EmailAddress] = []) -> TeamEntry {
        TeamEntry(
            name: name, title: "\(name)", reach: reach, addresses: addresses, escalation: [],
            calendar: "always")
    }
}
