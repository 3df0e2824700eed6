import SQLiteStore
import Vocabulary
import Wire

/// What somebody may see.
enum Scope: Equatable {
    /// Everything: an operator.
    case everything
    /// The cases that a team has or had a handoff in.
    case team(Team)
    /// The cases that a user started.
    case user(UserName)

    /// The sender of the asker's own messages; `nil` for an operator, whose question may mean anybody's.
    var sender: Sender? {
        switch self {
        case .everything: nil
        case .team(let team): .team(team)
        case .user(let user): .user(user)
        }
    }
}

/// What rows must meet: conditions, all of which hold, and their values.
struct Condition {
    private var parts: [String] = []
    /// The values, in the order of their question marks.
    private(set) var values: [SQLValue] = []

    /// Holds for every row.
    init() {}

    /// Adds a condition.
    mutating func require(_ sql: String, _ values: SQLValue...) {
        parts.append(sql)
        self.values += values
    }

    /// Adds that somebody may see the case whose id stands in a column.
    mutating func require(_ scope: Scope, ofCaseIn column: String) {
        switch scope {
        case .everything: break
        case .team(let team):
            require(
                "EXISTS (SELECT 1 FROM handoffs AS seen WHERE seen.case_id = \(column) AND seen.team = ?)",
                .value(team))
        case .user(let user):
            require(
                "EXISTS (SELECT 1 FROM cases AS seen WHERE seen.id = \(column) AND seen.started_by = ?)",
                .text(Sender.user(user).rawValue))
        }
    }

    /// As it stands after `WHERE`.
    var sql: String { parts.isEmpty ? "TRUE" : parts.map { "(\($0))" }.joined(separator: " AND ") }
}

/// Where a page ends: the moment and the id that the list is ordered by.
struct Cursor {
    let moment: Timestamp
    let id: String

    init(_ moment: Timestamp, _ id: String) {
        self.moment = moment
        self.id = id
    }

    /// Reads the text that an earlier page gave; `nil` for any other.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let milliseconds = Int64(parts[0]) else { return nil }
        self.init(Timestamp(milliseconds: milliseconds), String(parts[1]))
    }

    /// As it stands in a page.
    var text: String { "\(moment.milliseconds):\(id)" }
}
