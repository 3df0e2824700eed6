import DirectoryFile
import LedgerMessages
import StoryRules
import StrictJSON
import Testing
import Vocabulary
import Wire

/// Each rule over the story of a firm that moves to Virtual Office finds what it is there for.
@Suite struct VirtualOfficeRulesTests {
    @Test("A move in which everything went well breaks no rule")
    func well() throws {
        #expect(try broken(good.entries).isEmpty)
    }

    @Test(
        "A turn that is left out breaks the rules of what comes after it",
        arguments: [
            ("cancelled-before-loaded", "loaded B"), ("welcomed-too-early", "loaded B"),
            ("cancelled-before-welcomed", "welcomed"), ("cancelled-before-specialists-told", "told"),
            ("cancelled-before-specialists-told", "announced"), ("cancelled-before-trial", "restored"),
            ("reinstated-before-cancelled", "cancelled"), ("offered-before-reinstated", "reinstated"),
            ("unsigned-order", "renewed"), ("unsigned-order", "signed"), ("signed-apart", "combined"),
            ("updated-before-order", "ordered"), ("completed-before-update", "updated"),
            ("welcomed-too-early", "updated"),
        ])
    func leftOut(rule: String, turn: String) throws {
        let place = try #require(good.places[turn])
        #expect(try broken(good.entries.filter { $0.place != place }).contains(rule))
    }

    @Test(
        "A window of another length, outside the hours, or agreed once it has begun shows",
        arguments: [
            ("1970-01-05T15:00:00Z", "1970-01-05T18:59:59.999Z"),
            ("1970-01-05T23:00:00Z", "1970-01-06T03:00:00Z"),
            ("1970-01-01T00:00:01Z", "1970-01-01T04:00:01Z"),
        ])
    func window(start: String, end: String) throws {
        let entries = changed("arranged") { question in
            question["start"] = .string(start)
            question["end"] = .string(end)
        }
        #expect(try broken(entries).contains("window-wrong"))
    }

    @Test("A window that nobody was told of, and what is loaded outside it, show")
    func outsideWindow() throws {
        let place = try #require(good.places["arranged"])
        let untold = good.entries.map { $0.place == place ? $0.replacing { $0["sent"] = [] } : $0 }
        #expect(try broken(untold) == ["window-untold"])
        let late = answering("loaded B") { $0["at"] = "1970-01-05T19:00:00.001Z" }
        #expect(try broken(late) == ["loaded-outside-window"])
        let timeless = answering("loaded B") { $0["at"] = nil }
        #expect(try broken(timeless) == ["loaded-outside-window"])
        let missed = answering("loaded B") { answer in answer = ["missed": true] }
        #expect(try !broken(missed).contains("loaded-outside-window"))
    }

    @Test("An order without a licence, a sum that is wrong and documents that are signed apart show")
    func order() throws {
        let lines: JSON = [["product": "vo-setup"]]
        let poor = changed("signed") { $0["documents"] = [["number": "S", "lines": lines]] }
        #expect(try broken(poor) == ["order-without-licences"])
        let wrong = answering("combined") { $0["total"] = "30.01" }
        #expect(try broken(wrong) == ["sum-wrong"])
        let apart = changed("combined") { $0["documents"] = ["S", "R"] }
        #expect(try broken(apart) == ["signed-apart"])
    }

    @Test("The rules of each process are its own")
    func processes() throws {
        let directory = try Self.directory
        let (local, moved) = ("saas-to-local", "saas-to-virtual-office")
        #expect(
            StoryRule.all(of: "saas-to-local", by: directory).map(\.name).contains("download-before-order"),
            "\(local)")
        #expect(
            StoryRule.all(of: "saas-to-virtual-office", by: directory).map(\.name).contains("window-wrong"),
            "\(moved)")
    }

    // MARK: What is told

    private let good = VirtualOfficeStory()

    private static var directory: Directory {
        get throws {
            try DirectoryFile.parse(
                """
                calendars:
                  - {key: denver, timeZone: America/Denver, hours: {monday: 07:00-19:00}}
                teams:
                  - name: citrix-portal-tech
                    title: Portal
                    reach: queue
                    escalation: lead@example.com
                    calendar: denver
                users: []
                products:
                  - {code: quill, title: Quill, family: quill}
                  - {code: pigeon, title: Pigeon, family: pigeon}
                  - {code: vo-setup, title: Setup, family: vo, virtualOffice: setup}
                  - {code: vo-quill, title: Quill there, family: vo, virtualOffice: licence of quill}
                  - {code: vo-pigeon, title: Pigeon there, family: vo, virtualOffice: licence of pigeon}
                """, file: "toy.yaml")
        }
    }

    private func broken(_ entries: [CaseStory.Entry]) throws -> Set<String> {
        let story = CaseStory(entries, of: VirtualOfficeStory.caseID)
        let rules = StoryRule.all(of: VirtualOfficeStory.caseID.process, by: try Self.directory)
        // A turn that a test leaves out is missed by its number as well.
        return Set(rules.breaches(in: story).map { String($0.prefix { $0 != ":" }) })
    }

    /// The story with another question in the turn of this name.
    private func changed(_ turn: String, _ change: (inout JSONObject) -> Void) -> [CaseStory.Entry] {
        replacing(turn) { record in
            record["handoffs"] = .array(
                (record["handoffs"]?.arrayValue ?? []).map { handoff in
                    guard var fields = handoff.objectValue,
                        var question = fields["question"]?.objectValue
                    else { return handoff }
                    change(&question)
                    fields["question"] = .object(question)
                    return .object(fields)
                })
        }
    }

    /// The story with another answer in the turn of this name.
    private func answering(_ turn: String, _ change: (inout JSONObject) -> Void) -> [CaseStory.Entry] {
        replacing(turn) { record in
            var heard = record["heard"]?.objectValue ?? [:]
            var data = heard["data"]?.objectValue ?? [:]
            change(&data)
            heard["data"] = .object(data)
            record["heard"] = .object(heard)
        }
    }

    private func replacing(_ turn: String, _ change: (inout JSONObject) -> Void) -> [CaseStory.Entry] {
        good.entries.map { $0.place == good.places[turn] ? $0.replacing(change) : $0 }
    }
}
