internal import StrictJSON
internal import Vocabulary

/// The entries of the four lists, each with its place in the file.
struct Sections {
    /// An entry and where its keys stand.
    struct Placed<Value> {
        let value: Value
        let fields: Fields
    }

    let calendars: [Placed<Directory.CalendarEntry>]
    let teams: [Placed<Directory.TeamEntry>]
    let users: [Placed<Directory.UserEntry>]
    let products: [Placed<Directory.Product>]

    init(_ document: Fields) {
        calendars = Self.read(document, "calendars", "calendar", namedBy: "key", Self.calendar)
        teams = Self.read(document, "teams", "team", namedBy: "name", Self.team)
        users = Self.read(document, "users", "user", namedBy: "name", Self.user)
        products = Self.read(document, "products", "product", namedBy: "code", Self.product)
    }

    /// The line a problem between entries is about; of entries with one name, the last that has the key.
    func line(of problem: InvalidDirectory.Problem) -> Int? {
        let entries: [Fields] =
            switch problem.section {
            case .calendars: calendars.filter { $0.value.key == problem.entry }.map(\.fields)
            case .teams: teams.filter { $0.value.name.rawValue == problem.entry }.map(\.fields)
            case .users: users.filter { $0.value.name.rawValue == problem.entry }.map(\.fields)
            case .products: products.filter { $0.value.code == problem.entry }.map(\.fields)
            }
        return (entries.last { $0.has(problem.key) } ?? entries.last)?.line(of: problem.key)
    }

    private static func read<Value>(
        _ document: Fields, _ key: String, _ kind: String, namedBy name: String, _ make: (Fields) -> Value?
    ) -> [Placed<Value>] {
        document.entries(key, of: kind, namedBy: name).compactMap { fields in
            let value = make(fields)
            fields.refuseOthers()
            return value.map { Placed(value: $0, fields: fields) }
        }
    }

    // Every field is asked for before any is missed, so that all findings of an entry are told.

    private static func calendar(_ fields: Fields) -> Directory.CalendarEntry? {
        let (key, timeZone) = (fields.text("key"), fields.text("timeZone"))
        let week = fields.fields("hours")
        var hours: [Weekday: [OpeningHours]] = [:]
        for weekday in Weekday.allCases {
            hours[weekday] = week?.list(weekday.rawValue)
        }
        week?.refuseOthers()
        let holidays = fields.list("holidays", as: LocalDate.self)
        guard let key, let timeZone else { return nil }
        do {
            let calendar = try BusinessCalendar(timeZone: timeZone, hours: hours, holidays: holidays)
            return .init(key: key, calendar: calendar)
        } catch {
            fields.note(error.isAboutTimeZone ? "timeZone" : "hours", "\(fields.owner): \(error)")
            return nil
        }
    }

    private static func team(_ fields: Fields) -> Directory.TeamEntry? {
        let (name, title) = (fields.value("name", as: Team.self), fields.text("title"))
        let reach = fields.choice("reach", as: Directory.Reach.self)
        let addresses = fields.list("addresses", as: EmailAddress.self)
        let escalation = fields.nonEmptyList(
            "escalation", as: EmailAddress.self, remedy: "name who is told when a handoff is overdue")
        let calendar = fields.text("calendar")
        guard let name, let title, let reach, let calendar else { return nil }
        return .init(
            name: name, title: title, reach: reach, addresses: addresses, escalation: escalation,
            calendar: calendar)
    }

    private static func user(_ fields: Fields) -> Directory.UserEntry? {
        let (name, team) = (
            fields.value("name", as: UserName.self), fields.optionalValue("team", as: Team.self)
        )
        let roles = fields.nonEmptyList(
            "roles", as: Directory.Role.self,
            remedy: "give it \"team\", \"operator\" or \"starter of <process>\"")
        return name.map { .init(name: $0, team: team, roles: roles) }
    }

    private static func product(_ fields: Fields) -> Directory.Product? {
        let (code, title, family) = (fields.text("code"), fields.text("title"), fields.text("family"))
        let trial = fields.fields("trial")
        let (version, limits) = (
            trial?.text("version"), trial?.list("limits", rule: "be a text") { $0 } ?? []
        )
        trial?.refuseOthers()
        let virtualOffice = fields.optionalValue("virtualOffice", as: Directory.VirtualOfficeLicence.self)
        guard let code, let title, let family else { return nil }
        return .init(
            code: code, title: title, family: family,
            trial: version.map { Directory.Trial(version: $0, limits: limits) },
            virtualOffice: virtualOffice)
    }
}

extension InvalidCalendar {
    fileprivate var isAboutTimeZone: Bool {
        guard case .unknownTimeZone = self else { return false }
        return true
    }
}
