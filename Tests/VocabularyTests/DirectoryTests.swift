import StrictJSON
import Testing
import Vocabulary

@Suite("The directory")
struct DirectoryTests {
    let office = BusinessCalendarTests.office("Europe/Berlin")

    @Test("Whatever order it is given in, a directory has the same bytes")
    func stableBytes() throws {
        let one = try sample()
        let other = try Directory(
            calendars: one.calendars.reversed(), teams: one.teams.reversed(), users: one.users.reversed(),
            products: one.products.reversed())
        #expect(one == other)
        #expect(try JSON(encoding: one).serialized() == JSON(encoding: other).serialized())
        #expect(try StrictDecoder.decode(Directory.self, from: JSON(encoding: one)) == one)
    }

    @Test("Teams, users, products and calendars are found by name")
    func lookUp() throws {
        let directory = try sample()
        #expect(directory.team("ems")?.title == "EMS")
        #expect(directory.team("nobody") == nil)
        #expect(directory.user("intake")?.roles == [.starter("saas-to-local")])
        #expect(directory.product(code: "quill")?.family == "ledger")
        #expect(directory.calendar(of: "ems") == office)
        #expect(directory.didYouMean(product: "quil") == "quill")
    }

    @Test("A team that left the directory still has a calendar to be reminded by")
    func fallback() throws {
        #expect(try sample().calendar(of: "gone") == .fallback)
        #expect(BusinessCalendar.fallback.isOpen(at: "2026-11-23T16:59:00Z"))
        #expect(!BusinessCalendar.fallback.isOpen(at: "2026-11-22T12:00:00Z"))
    }

    @Test("All that entries say wrongly of each other is told at once")
    func problems() throws {
        let team = Directory.TeamEntry(
            name: "cs-specialists", title: "CS", reach: .mail, addresses: [], escalation: [],
            calendar: "offise")
        let users = [
            Directory.UserEntry(name: "a", team: "cs-specialist", roles: [.team]),
            Directory.UserEntry(name: "b", roles: [.team]),
            Directory.UserEntry(name: "b", roles: [.operator]),
        ]
        do throws(InvalidDirectory) {
            _ = try Directory(
                calendars: [.init(key: "office", calendar: office)], teams: [team], users: users)
            Issue.record("taken")
        } catch {
            #expect(
                error.problems.map(\.sentence) == [
                    #""b" stands twice in users; remove or rename one"#,
                    #"calendar "offise" of team "cs-specialists" is not in calendars; did you mean "office"?"#,
                    #"team "cs-specialists" is reached by mail and has no addresses; give one, or reach it by queue"#,
                    #"team "cs-specialist" of user "a" is not in teams; did you mean "cs-specialists"?"#,
                    #"user "b" has the role "team" and no team; name its team"#,
                ])
        }
    }

    @Test("Roles are written as directories say them")
    func roles() {
        #expect(Directory.Role("team") == .team)
        #expect(Directory.Role("operator") == .operator)
        #expect(Directory.Role("starter of saas-to-local").rawValue == "starter of saas-to-local")
        for text in ["", "Team", "starter", "starter of", "starter of ", "starter of A", "starter  of a"] {
            #expect(Directory.Role(rawValue: text) == nil)
        }
    }

    @Test("What a firm needs on Virtual Office is the setup, and each family it moves once")
    func virtualOffice() throws {
        let directory = try Directory(products: [
            .init(code: "ledger", title: "Ledger", family: "quill"),
            .init(code: "invoices", title: "Invoices", family: "quill"),
            .init(code: "archive", title: "Archive", family: "lantern"),
            .init(code: "vo", title: "VO", family: "vo", virtualOffice: .setup),
            .init(code: "vo-quill", title: "VO Quill", family: "vo", virtualOffice: .family("quill")),
        ])
        #expect(
            directory.virtualOfficeLicences(toMove: ["ledger", "archive", "invoices"])
                == [.setup, .family("quill"), .family("lantern")])
        #expect(directory.product(licensing: .setup)?.code == "vo")
        #expect(directory.product(licensing: .family("quill"))?.code == "vo-quill")
        #expect(directory.product(licensing: .family("lantern")) == nil)
        for text in ["", "Setup", "licence of", "licence of ", "setup of quill"] {
            #expect(Directory.VirtualOfficeLicence(rawValue: text) == nil)
        }
    }

    private func sample() throws -> Directory {
        try Directory(
            calendars: [.init(key: "office", calendar: office), .init(key: "none", calendar: .fallback)],
            teams: [
                .init(
                    name: "ems", title: "EMS", reach: .both, addresses: ["ems@example.com"],
                    escalation: ["lead@example.com"], calendar: "office"),
                .init(
                    name: "cs", title: "CS", reach: .queue, addresses: [], escalation: [], calendar: "none"),
            ],
            users: [
                .init(name: "intake", team: "cs", roles: [.starter("saas-to-local")]),
                .init(name: "ems", team: "ems", roles: [.team]),
            ],
            products: [
                .init(
                    code: "quill", title: "Quill", family: "ledger",
                    trial: .init(version: "1", limits: ["30 days"])),
                .init(code: "lantern", title: "Lantern", family: "archive"),
            ])
    }
}
