import Vocabulary

extension Directory {
    /// Teams with queues, a starter in a team and one without, and a few products; open day and night.
    package static func sample() throws -> Directory {
        let allDay: [OpeningHours] = ["00:00-24:00"]
        let always = try BusinessCalendar(
            timeZone: "UTC", hours: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, allDay) }))
        return try Directory(
            calendars: [CalendarEntry(key: "always", calendar: always)],
            teams: ["cs-specialists", "cs-representatives", "front-desk", "runners"].map {
                TeamEntry(
                    name: $0, title: "\($0)", reach: .queue, addresses: [], escalation: [], calendar: "always"
                )
            },
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
}
