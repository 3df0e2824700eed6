import LedgerMessages
import StoryRules
import StrictJSON
import Testing
import Vocabulary
import Wire

/// Each rule over a case's story finds what it is there for, and nothing in a story in which all went well.
@Suite struct StoryRulesTests {
    @Test("A case in which everything went well breaks no rule")
    func well() {
        #expect(Self.broken(Self.good).isEmpty)
    }

    @Test(
        "A turn that is left out breaks the rules of what comes after it",
        arguments: [
            ("cancelled-without-backup", 1), ("cancelled-before-trial", 3),
            ("reinstated-before-cancelled", 4),
            ("offered-before-reinstated", 6), ("unsigned-order", 8), ("unsigned-order", 9),
            ("unsigned-order", 10),
            ("unsigned-order", 11), ("download-before-order", 12),
        ])
    func leftOut(rule: String, place: Int) {
        #expect(Self.broken(Self.good.filter { $0.place != place }).contains(rule))
    }

    @Test(
        "An answer that came only after the next question breaks the order of steps",
        arguments: [
            ("cancelled-before-trial", 3), ("reinstated-before-cancelled", 4),
            ("offered-before-reinstated", 6),
            ("unsigned-order", 11), ("download-before-order", 12),
        ])
    func late(rule: String, place: Int) {
        // The same turn with the question asked already a second before it.
        let entries = Self.good.map { entry in
            guard entry.place == place else { return entry }
            return entry.replacing { $0["at"] = .string("1970-01-01T00:01:00Z") }
        }
        #expect(Self.broken(entries).contains(rule))
    }

    @Test("A form without a backup breaks the first rule")
    func noBackup() {
        let entries = Self.good.map { entry in
            guard entry.place == 1 else { return entry }
            return entry.replacing { turn in
                var heard = turn["heard"]?.objectValue ?? [:]
                heard["data"] = ["backup": ["confirmed": false], "trialLicencesWanted": true]
                turn["heard"] = .object(heard)
            }
        }
        #expect(Self.broken(entries).contains("cancelled-without-backup"))
    }

    @Test("What is said under a second id shows: a question, an event, a cancellation")
    func twice() {
        func again(_ place: Int, as number: Int) -> Set<String> {
            let copies = Self.good.filter { $0.place == place }.map { entry in
                entry.replacing { turn in
                    turn["number"] = .integer(Int64(number))
                    for list in ["handoffs", "sent"] {
                        turn[list] = .array(
                            (turn[list]?.arrayValue ?? []).map { element in
                                var element = element.objectValue ?? [:]
                                element["id"] = "another"
                                return .object(element)
                            })
                    }
                }
            }
            return Self.broken(Self.good + copies)
        }
        #expect(again(2, as: 7).contains("question-twice"))
        #expect(again(4, as: 7).isSuperset(of: ["event-twice", "two-cancellations"]))
    }

    @Test("A step after the end, and an end with a handoff open, show")
    func afterEnd() {
        var after = StoryWriter.good
        after.turn(
            of: "ordering", .event("cancellation.case-ended.v1"), says: ["ordering.order-processed.v1"])
        #expect(Self.broken(after.entries).contains("step-after-end"))
        var open = StoryWriter.good
        open.turn(
            of: "ordering", .event("cancellation.case-ended.v1"), [("ordering.confirm-download.v1", .open)])
        #expect(Self.broken(open.entries).isSuperset(of: ["step-after-end", "ended-with-open"]))
    }

    @Test("A gap, a number that is left out and a refusal show")
    func gap() {
        #expect(Self.broken(Self.good.filter { $0.place != 3 }).contains("numbers-left-out"))
        let gaps = [CaseStory.Gap(worker: "ordering", from: 2, through: 2)]
        #expect(StoryRule.general.breaches(in: CaseStory(Self.good, gaps: gaps)).count == 1)
        let refused = Self.good.map { entry in
            entry.place == 5 ? entry.replacing { $0["outcome"] = "refused" } : entry
        }
        #expect(Self.broken(refused).contains("refused"))
        let crossed = Self.good.map { entry in
            guard entry.place == 5 else { return entry }
            return entry.replacing {
                $0["outcome"] = "refused"
                $0["trouble"] = ["reason": "revoked", "why": "it was taken back"]
            }
        }
        #expect(!Self.broken(crossed).contains("refused"))
    }

    @Test("A question of another round is another, and an amended document stands for the one before")
    func rounds() {
        let other: MessageType = "ordering.send-renewal.v1"
        func asked(_ question: JSON?) -> Set<String> {
            var story = StoryWriter()
            story.turn(of: "ordering", .start([:]), [(other, .open)], asking: ["round": 1])
            story.turn(of: "ordering", .start([:]), [(other, .open)], asking: question)
            let again = story.entries[1].replacing { turn in
                var handoff = turn["handoffs"]?.arrayValue?.first?.objectValue ?? [:]
                handoff["id"] = "another"
                turn["handoffs"] = [.object(handoff)]
            }
            return Self.broken([story.entries[0], again])
        }
        #expect(!asked(["round": 2]).contains("question-twice"))
        #expect(asked(["round": 1]).contains("question-twice"))
        let written = Self.good.first { $0.place == 8 }
        let draft = written?.replacing { turn in
            turn["number"] = 0
            var heard = turn["heard"]?.objectValue ?? [:]
            heard["data"] = ["number": "a draft"]
            turn["heard"] = .object(heard)
        }
        #expect(!Self.broken(Self.good + [draft].compactMap(\.self)).contains("unsigned-order"))
    }

    private static let good = StoryWriter.good.entries

    private static func broken(_ entries: [CaseStory.Entry]) -> Set<String> {
        let breaches = (StoryRule.general + StoryRule.saasToLocal).breaches(in: CaseStory(entries))
        return Set(breaches.map { String($0.prefix { $0 != ":" }) })
    }
}

extension CaseStory.Entry {
    /// The same entry, its turn changed as JSON.
    func replacing(_ change: (inout JSONObject) -> Void) -> Self {
        do {
            var turn = try JSON(encoding: turn).objectValue ?? [:]
            change(&turn)
            return Self(
                place: place, worker: worker,
                turn: try StrictDecoder.decode(TurnRecord.self, from: .object(turn)))
        } catch {
            Issue.record(error)
            return self
        }
    }
}

extension StoryWriter {
    /// A case with a trial and a new product, from its form to its end.
    fileprivate static var good: StoryWriter {
        var story = StoryWriter()
        let form: JSON = [
            "backup": ["confirmed": true], "trialLicencesWanted": true, "newProducts": ["tidewater-planner"],
        ]
        story.turn(of: "cancellation", .start(form), [("cancellation.take-cancellation.v1", .open)])
        story.turn(
            of: "cancellation", .answer("cancellation.take-cancellation-answer.v1", [:]),
            [
                ("cancellation.take-cancellation.v1", .answered), ("cancellation.provide-trial.v1", .open),
                ("cancellation.process-cancellation.v1", .held),
            ])
        story.turn(
            of: "cancellation", .answer("cancellation.provide-trial-answer.v1", ["restored": true]),
            [
                ("cancellation.provide-trial.v1", .answered), ("cancellation.process-cancellation.v1", .open),
            ])
        story.turn(
            of: "cancellation", .answer("cancellation.process-cancellation-answer.v1", ["confirmation": "C"]),
            [("cancellation.process-cancellation.v1", .answered)],
            says: ["cancellation.subscription-cancelled.v1"])
        story.turn(
            of: "ems-reinstatement", .event("cancellation.subscription-cancelled.v1"),
            [("ems-reinstatement.reinstate-products.v1", .open)])
        story.turn(
            of: "ems-reinstatement",
            .answer("ems-reinstatement.reinstate-products-answer.v1", ["ticket": "T"]),
            [("ems-reinstatement.reinstate-products.v1", .answered)],
            says: ["ems-reinstatement.products-reinstated.v1"])
        story.turn(
            of: "ordering", .event("ems-reinstatement.products-reinstated.v1"),
            [("ordering.send-renewal.v1", .open), ("ordering.make-proposal.v1", .open)])
        story.turn(
            of: "ordering", .answer("ordering.send-renewal-answer.v1", ["number": "R"]),
            [("ordering.send-renewal.v1", .answered)])
        story.turn(
            of: "ordering", .answer("ordering.make-proposal-answer.v1", ["number": "P"]),
            [("ordering.make-proposal.v1", .answered), ("ordering.confirm-signatures.v1", .open)])
        let signatures: MessageType = "ordering.confirm-signatures-answer.v1"
        story.turn(
            of: "ordering", .answer(signatures, ["documents": ["R"]]),
            [("ordering.confirm-signatures.v1", .open)])
        story.turn(
            of: "ordering", .answer(signatures, ["documents": ["P"]]),
            [("ordering.confirm-signatures.v1", .answered), ("ordering.process-order.v1", .open)])
        story.turn(
            of: "ordering", .answer("ordering.process-order-answer.v1", ["order": "O"]),
            [("ordering.process-order.v1", .answered), ("ordering.confirm-download.v1", .open)],
            says: ["ordering.order-processed.v1"])
        story.turn(
            of: "ordering", .answer("ordering.confirm-download-answer.v1", ["downloaded": true]),
            [("ordering.confirm-download.v1", .answered)], says: ["ordering.licences-downloaded.v1"])
        story.turn(
            of: "cancellation", .event("ordering.licences-downloaded.v1"),
            says: ["cancellation.case-closing.v1"])
        story.turn(
            of: "ordering", .event("cancellation.case-closing.v1"), says: ["ordering.case-quiet.v1"])
        story.turn(
            of: "cancellation", .event("ordering.case-quiet.v1"), says: ["cancellation.case-ended.v1"],
            ended: .completed)
        return story
    }
}
