import DirectoryFile
import Foundation
import StrictJSON
import Testing
import Vocabulary

@Suite("The directory file")
struct DirectoryFileTests {
    @Test("The example directory is read whole")
    func example() throws {
        let directory = try DirectoryFile.read(Self.examplePath)
        #expect(
            directory.teams.map(\.name) == [
                "citrix-portal-tech", "cs-representatives", "cs-specialists", "ems", "order-team", "sales",
            ])
        #expect(
            directory.users.map(\.name) == [
                "citrix-portal-tech", "cs-representatives", "cs-specialists", "ems", "intake", "operations",
                "order-team", "sales",
            ])
        #expect(
            directory.user("intake")?.roles == [
                .starter("saas-to-local"), .starter("saas-to-virtual-office"),
            ])
        #expect(directory.user("intake")?.team == "cs-representatives")
        #expect(directory.products.count == 13)
        #expect(directory.product(code: "lantern-archive")?.trial?.version == "7")
        #expect(directory.product(licensing: .setup)?.code == "vo-setup")
        #expect(directory.product(licensing: .family("pigeon"))?.code == "vo-pigeon")
        #expect(directory.product(licensing: .family("tidewater")) == nil)
        #expect(directory.calendar(of: "cs-specialists").timeZone == "America/Chicago")
        #expect(
            directory.calendar(of: "cs-representatives").hours(on: .monday) == ["08:00-12:00", "13:00-18:00"])
        #expect(try StrictDecoder.decode(Directory.self, from: JSON(encoding: directory)) == directory)
    }

    @Test("The example names nobody outside the example domain")
    func exampleAddresses() throws {
        for team in try DirectoryFile.read(Self.examplePath).teams {
            #expect((team.addresses + team.escalation).allSatisfy { $0.rawValue.hasSuffix("@example.com") })
        }
    }

    @Test("Everything wrong with the entries is told at once, each with line, key, value and remedy")
    func entries() {
        let text = """
            calendars:
              - key: office
                timeZone: America/Chicgo
                hours: {monday: 9-17, wensday: 09:00-17:00}
                holiday: 2026-12-25
              - key: never
                timeZone: UTC
                hours: {}
            teams:
              - name: CS Specialists
                title: Specialists
                reach: mial
                addresses: [ada@example.com, ada]
                escalation: []
                calendar: office
              - ems
            users:
              - name: intake
                roles: starter of Everything
              - roles: [team]
              - {}
            produts: []
            """
        #expect(
            findings(text) == [
                "directory.yaml:3: calendar \"office\": \"America/Chicgo\" is no time zone known here; did you mean "
                    + "\"America/Chicago\"?",
                "directory.yaml:4: monday of calendar \"office\" must be hours like \"09:00-17:00\", the opening first, "
                    + "\"24:00\" the end of a day, not \"9-17\"",
                "directory.yaml:4: \"wensday\" is not a known key of calendar \"office\"; did you mean wednesday?",
                "directory.yaml:5: \"holiday\" is not a known key of calendar \"office\"; did you mean holidays?",
                "directory.yaml:8: calendar \"never\": it never opens; give at least one weekday hours",
                "directory.yaml:10: name of team \"CS Specialists\" must be 1 to 64 lower-case letters, digits and "
                    + "hyphens, like \"cs-specialists\", not \"CS Specialists\"",
                "directory.yaml:12: reach of team \"CS Specialists\" must be one of \"mail\", \"queue\", \"both\", not "
                    + "\"mial\"; did you mean \"mail\"?",
                "directory.yaml:13: addresses of team \"CS Specialists\" must be one plain email address, like "
                    + "\"ada@example.com\", not \"ada\"",
                "directory.yaml:14: escalation of team \"CS Specialists\" is empty or missing; name who is told when a "
                    + "handoff is overdue",
                "directory.yaml:16: entry 2 of teams must be a mapping with name and other keys",
                "directory.yaml:19: roles of user \"intake\" must be a role: \"team\", \"operator\" or \"starter of "
                    + "<process>\", not \"starter of Everything\"",
                "directory.yaml:20: name of entry 2 of users is missing",
                "directory.yaml:21: name of entry 3 of users is missing",
                "directory.yaml:21: roles of entry 3 of users is empty or missing; give it \"team\", \"operator\" or "
                    + "\"starter of <process>\"",
                "directory.yaml:22: \"produts\" is not a known key of the directory; did you mean products?",
            ])
    }

    @Test("Everything entries say wrongly of each other is told at once, on the line that says it")
    func references() {
        let text =
            Self.small + """
                users:
                  - name: ada
                    team: cs-specialist
                    roles: team
                  - name: bob
                    roles: [operator, team]
                  - name: ada
                    roles: operator
                products:
                  - {code: a, title: A, family: f}
                  - {code: a, title: B, family: f}
                """
        #expect(
            findings(text.replacing("calendar: office", with: "calendar: offices")) == [
                #"directory.yaml:11: calendar "offices" of team "cs-specialists" is not in calendars; did you mean "office"?"#,
                #"directory.yaml:14: team "cs-specialist" of user "ada" is not in teams; did you mean "cs-specialists"?"#,
                #"directory.yaml:17: user "bob" has the role "team" and no team; name its team"#,
                #"directory.yaml:18: "ada" stands twice in users; remove or rename one"#,
                #"directory.yaml:22: "a" stands twice in products; remove or rename one"#,
            ])
    }

    @Test("What is sold for Virtual Office is a setup or the licence of a family there is, each once")
    func virtualOffice() {
        func products(_ entries: String...) -> String {
            Self.small + "products:\n" + entries.map { "  - {code: \($0)}\n" }.joined()
        }
        #expect(
            findings(products("a, title: A, family: quill, virtualOffice: set up")) == [
                #"directory.yaml:13: virtualOffice of product "a" must be what is licensed: "setup" or "licence of <family>", not "set up""#
            ])
        #expect(
            findings(
                products(
                    "a, title: A, family: quill", "b, title: B, family: vo, virtualOffice: licence of quil",
                    "c, title: C, family: vo, virtualOffice: setup",
                    "d, title: D, family: vo, virtualOffice: setup")) == [
                    #"directory.yaml:14: product "b" is the licence of the family "quil", which no product is in; did you mean "quill"?"#,
                    #"directory.yaml:16: product "d" is the setup on Virtual Office, as "c" is; keep one"#,
                ])
    }

    @Test("A team that is mailed to needs an address")
    func addresses() {
        #expect(
            findings(Self.small.replacing("addresses: cs@example.com", with: "addresses: []")) == [
                #"directory.yaml:9: team "cs-specialists" is reached by mail and has no addresses; give one, or reach it by queue"#
            ])
        #expect(
            findings(
                Self.small.replacing("addresses: cs@example.com", with: "addresses: []")
                    .replacing("reach: mail", with: "reach: queue")) == [])
    }

    @Test(
        "A file that is no directory at all is refused with its line",
        arguments: [
            ("", "directory.yaml: it is empty; start from the example directory"),
            (
                "teams",
                "directory.yaml: it must be a mapping with the keys calendars, teams, users and products"
            ),
            (
                "teams: {",
                "directory.yaml:2: not YAML: did not find expected node content; check indentation, quotes and colons"
            ),
            ("teams: []\nteams: []", "directory.yaml:2: \"teams\" stands twice; remove one"),
            (
                "teams: []\n\tusers: []",
                "directory.yaml:2: not YAML: found character that cannot start any token; check indentation, quotes and colons"
            ),
            ("teams: ems", "directory.yaml:1: teams must be a list: entries that begin with \"- name: …\""),
            (
                "---\na: 1\n---\nb: 2",
                "directory.yaml:3: another document begins; keep one in a file"
            ),
        ])
    func noDirectory(text: String, finding: String) {
        #expect(findings(text) == [finding])
    }

    @Test("An alias is refused before what it stands for is looked at, a mark within a text is not")
    func aliases() {
        let lines = (1...12).map { level in
            "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]"
        }
        let laughs = "a0: &a0 ha\n" + lines.joined(separator: "\n") + "\n? *a12\n: x\n"
        #expect(findings(laughs) == ["directory.yaml:2: it has the alias *a0; write out what it stands for"])
        #expect(findings(Self.small.replacing("title: CS", with: "title: R&D *star* A&B 5*B 2 * D")) == [])
    }

    @Test("Keys within keys are refused before they are looked at, a question within a text is not")
    func keysWithinKeys() {
        #expect(findings(String(repeating: "? ", count: 20_000)) == ["directory.yaml:1: a key must be text"])
        #expect(findings(Self.small.replacing("title: CS", with: "title: CS ? why ? not")) == [])
    }

    @Test("Values are text, whatever YAML would make of them")
    func text() throws {
        let text = Self.small.replacing("title: CS", with: "title: no").replacing("cs-specialists", with: "1")
        let directory = try DirectoryFile.parse(text, file: "directory.yaml")
        #expect(directory.team("1")?.title == "no")
    }

    @Test("A file that is missing, too long or not UTF-8 is refused by its name")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appending(component: "directory-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(component: "directory.yaml")

        #expect(
            reading(path.path) == [
                "directory.yaml: \(path.path) cannot be read; check that it is there and may be read"
            ])
        try Data([0x61, 0xFF]).write(to: path)
        #expect(reading(path.path) == ["directory.yaml:1: it is not UTF-8; save it as UTF-8"])
        try Data(repeating: 0x23, count: 256 * 1024 + 1).write(to: path)
        #expect(reading(path.path) == ["directory.yaml: it has 262145 bytes; at most 262144 are taken"])
        try Data(Self.small.utf8).write(to: path)
        #expect(reading(path.path) == [])
    }

    @Test("A damaged file is read or refused with findings", arguments: 0..<50 as Range<UInt64>)
    func damaged(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let original = Array(try String(contentsOfFile: Self.examplePath, encoding: .utf8))
        let characters = Array("{}[]:-\n \t#&*!|>'\"%@`a9é")
        for _ in 0..<20 {
            var text = original
            for _ in 0...random(4) { text[random(text.count)] = characters[random(characters.count)] }
            for finding in findings(String(text)) {
                #expect(
                    finding.hasPrefix("directory.yaml") && finding.count < 500, "seed \(seed): \(finding)")
            }
        }
    }

    private static let examplePath = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Deploy/example/directory.yaml").standardizedFileURL.path

    private static let small = """
        calendars:
          - key: office
            timeZone: UTC
            hours: {monday: 09:00-17:00}
        teams:
          - name: cs-specialists
            title: CS
            reach: mail
            addresses: cs@example.com
            escalation: lead@example.com
            calendar: office

        """

    private func findings(_ text: String) -> [String] {
        do throws(DirectoryFault) {
            _ = try DirectoryFile.parse(text, file: "directory.yaml")
            return []
        } catch {
            return error.findings.map(\.description)
        }
    }

    private func reading(_ path: String) -> [String] {
        do throws(DirectoryFault) {
            _ = try DirectoryFile.read(path)
            return []
        } catch {
            return error.findings.map(\.description)
        }
    }
}
