import DirectoryFile
import Vocabulary

/// A small directory: one calendar, `always`, and these teams and users, each a YAML list as in a directory file.
///
/// A team needs only its name, `reach` and, for mail, `addresses`; the rest is the same for all.
public func toyDirectory(teams: [String], users: String = "[]") throws -> Directory {
    let teams = teams.map { "{\($0), title: A team, calendar: always, escalation: lead@example.com}" }
    return try DirectoryFile.parse(
        """
        calendars:
          - {key: always, timeZone: Europe/Berlin, hours: {monday: 08:00-16:00}}
        teams: [\(teams.joined(separator: ", "))]
        users: \(users)
        """, file: "toy.yaml")
}
