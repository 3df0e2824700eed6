extension Directory {
    /// A calendar under the key teams refer to.
    public struct CalendarEntry: Codable, Equatable, Sendable {
        /// The key.
        public let key: String
        /// The calendar.
        public let calendar: BusinessCalendar

        /// Makes an entry.
        public init(key: String, calendar: BusinessCalendar) {
            self.key = key
            self.calendar = calendar
        }
    }

    /// A team that takes steps.
    public struct TeamEntry: Codable, Equatable, Sendable {
        /// The name in routing keys and messages.
        public let name: Team
        /// The name for people.
        public let title: String
        /// How handoffs reach it.
        public let reach: Reach
        /// Where its handoffs are mailed to; some, if it is reached by mail.
        public let addresses: [EmailAddress]
        /// Who is told when a handoff is overdue.
        public let escalation: [EmailAddress]
        /// The key of the calendar it works by.
        public let calendar: String

        /// Makes an entry.
        public init(
            name: Team, title: String, reach: Reach, addresses: [EmailAddress], escalation: [EmailAddress],
            calendar: String
        ) {
            self.name = name
            self.title = title
            self.reach = reach
            self.addresses = addresses
            self.escalation = escalation
            self.calendar = calendar
        }
    }

    /// How handoffs reach a team.
    public enum Reach: String, CaseIterable, Codable, Sendable {
        /// By email; it answers with the `baton` command or a client of its own.
        case mail
        /// By a queue of its own.
        case queue
        /// By both.
        case both

        /// Whether handoffs are mailed.
        public var includesMail: Bool { self != .queue }

        /// Whether the team has a queue.
        public var includesQueue: Bool { self != .mail }
    }

    /// A login at the broker.
    public struct UserEntry: Codable, Equatable, Sendable {
        /// The login.
        public let name: UserName
        /// The team it belongs to, one at most.
        public let team: Team?
        /// What it may do.
        public let roles: [Role]

        /// Makes an entry.
        public init(name: UserName, team: Team? = nil, roles: [Role]) {
            self.name = name
            self.team = team
            self.roles = roles
        }
    }

    /// Something customers have or are given.
    public struct Product: Codable, Equatable, Sendable {
        /// The code messages name it by.
        public let code: String
        /// The name for people.
        public let title: String
        /// The family it is licensed in.
        public let family: String
        /// The trial version, if there is one.
        public let trial: Trial?
        /// What it licenses on Virtual Office, if it does.
        public let virtualOffice: VirtualOfficeLicence?

        /// Makes an entry.
        public init(
            code: String, title: String, family: String, trial: Trial? = nil,
            virtualOffice: VirtualOfficeLicence? = nil
        ) {
            self.code = code
            self.title = title
            self.family = family
            self.trial = trial
            self.virtualOffice = virtualOffice
        }
    }

    /// What a product may be tried as.
    public struct Trial: Codable, Equatable, Sendable {
        /// The version to download.
        public let version: String
        /// What it does not do, or not for long, each in a phrase.
        public let limits: [String]

        /// Makes an entry.
        public init(version: String, limits: [String] = []) {
            self.version = version
            self.limits = limits
        }
    }
}
