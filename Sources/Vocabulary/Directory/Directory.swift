internal import StrictJSON

/// Who takes part: the teams and how they are reached, the users of the broker, and data such as products.
///
/// It is a value: reactions are given it, and the digest of its canonical JSON stands in each turn's record. Every list
/// is sorted, so equal directories have equal bytes.
public struct Directory: Equatable, Sendable {
    /// The calendars teams refer to, by key.
    public let calendars: [CalendarEntry]

    /// The teams, by name.
    public let teams: [TeamEntry]

    /// The users of the broker, by name.
    public let users: [UserEntry]

    /// The products, by code.
    public let products: [Product]

    /// Makes a directory of entries in any order.
    ///
    /// - Throws: `InvalidDirectory`, with everything the entries say wrongly of each other.
    public init(
        calendars: [CalendarEntry] = [], teams: [TeamEntry] = [], users: [UserEntry] = [],
        products: [Product] = []
    ) throws(InvalidDirectory) {
        self.calendars = calendars.sorted { $0.key < $1.key }
        self.teams = teams.sorted { $0.name < $1.name }
        self.users = users.sorted { $0.name < $1.name }
        self.products = products.sorted { $0.code < $1.code }
        let problems = problems
        guard problems.isEmpty else { throw InvalidDirectory(problems: problems) }
    }

    /// A team's entry.
    public func team(_ name: Team) -> TeamEntry? { teams.first { $0.name == name } }

    /// A user's entry.
    public func user(_ name: UserName) -> UserEntry? { users.first { $0.name == name } }

    /// A product's entry.
    public func product(code: String) -> Product? { products.first { $0.code == code } }

    /// The known product whose code is nearest to one that is not.
    public func didYouMean(product code: String) -> String? {
        Spelling.didYouMean(code, among: products.map(\.code))
    }

    /// The calendar a team works by; for a team that has left the directory and still owes an answer, the fallback.
    public func calendar(of team: Team) -> BusinessCalendar {
        let key = self.team(team)?.calendar
        return calendars.first { $0.key == key }?.calendar ?? .fallback
    }
}

extension Directory: Codable {
    /// Reads the four lists and checks them against each other.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        do {
            try self.init(
                calendars: container.decode([CalendarEntry].self, forKey: .calendars),
                teams: container.decode([TeamEntry].self, forKey: .teams),
                users: container.decode([UserEntry].self, forKey: .users),
                products: container.decode([Product].self, forKey: .products))
        } catch let error as InvalidDirectory {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "must be a directory: \(error)"))
        }
    }
}
