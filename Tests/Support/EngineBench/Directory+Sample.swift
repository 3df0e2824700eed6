import Vocabulary

extension Directory {
    /// Teams reached by queue, mail or both, a starter in a team and one without, and a few products; open day and
    /// night.
    package static func sample(hours allDay: [OpeningHours] = ["00:00-24:00"]) throws -> Directory {
        let always = try BusinessCalendar(
            timeZone: "UTC", hours: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, allDay) }))
        return try Directory(
            calendars: [
                CalendarEntry(key: "always", calendar: always),
                CalendarEntry(key: "berlin", calendar: try berlin()),
            ],
            teams: ["cs-representatives", "front-desk", "order-team", "runners"].map {
                team($0, reach: .queue)
            } + [
                team("cs-specialists", reach: .both, addresses: ["ada@example.com", "stella@example.com"]),
                team("ems", reach: .both, addresses: ["emil@example.com", "emma@example.com"]),
                team("sales", reach: .mail, addresses: ["sales@example.com"]),
                team("citrix-portal-tech", reach: .queue, calendar: "berlin"),
            ],
            users: [
                UserEntry(
                    name: "intake", team: "front-desk",
                    roles: [.starter("saas-to-local"), .starter("saas-to-virtual-office")]),
                UserEntry(name: "web-form", roles: [.starter("saas-to-local")]),
            ],
            products: [
                Product(code: "crm-saas", title: "CRM", family: "crm"),
                Product(code: "payroll-saas", title: "Payroll", family: "payroll"),
                Product(code: "crm", title: "CRM, installed", family: "crm"),
                Product(code: "texts", title: "Texts", family: "texts"),
                Product(code: "vo-setup", title: "VO", family: "vo", virtualOffice: .setup),
                Product(code: "vo-crm", title: "VO CRM", family: "vo", virtualOffice: .family("crm")),
                Product(
                    code: "vo-payroll", title: "VO Payroll", family: "vo", virtualOffice: .family("payroll")),
            ])
    }

    /// Weekdays from seven to seven, and Sundays through the hours in which clocks change.
    private static func berlin() throws -> BusinessCalendar {
        let weekdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
        var hours = Dictionary(uniqueKeysWithValues: weekdays.map { ($0, ["07:00-19:00"] as [OpeningHours]) })
        hours[.sunday] = ["00:30-05:00"]
        return try BusinessCalendar(timeZone: "Europe/Berlin", hours: hours)
    }

    private static func team(
        _ name: Team, reach: Reach, addresses: [EmailAddress] = [], calendar: String = "always"
    ) -> TeamEntry {
        TeamEntry(
            name: name, title: "\(name)", reach: reach, addresses: addresses, escalation: [],
            calendar: calendar)
    }
}
