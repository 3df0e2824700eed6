import BrokerSupport
import DirectoryFile
import LedgerMessages
import StoryRules
import Vocabulary
import Wire

/// What a fleet has left behind, and what is wrong with it.
struct FleetAudit {
    /// Every case as the ledger tells it.
    let stories: [CaseStory]
    /// What went over the exchanges.
    let sightings: Set<Sighting>
    /// What lies in the mailbox.
    let mails: [KeptMail]
    /// The teams, and what there is to buy.
    private let directory: Directory

    /// Gathers it.
    init(_ stories: [CaseStory], _ traffic: Traffic, _ mails: [KeptMail]) throws {
        self.stories = stories
        sightings = Set(traffic.seen.elements)
        self.mails = mails
        directory = try DirectoryFile.read(LiveFleet.Place.directory)
    }

    /// Everything that is wrong where all could be done, a sentence each.
    var findings: [String] {
        get throws { try caseFindings + leftFindings + handoffFindings + mailFindings(missing: 0) }
    }

    /// Everything that is wrong with the cases, a sentence each.
    var caseFindings: [String] {
        get throws {
            try stories.flatMap { story in
                var findings = StoryRule.all(of: story.summary.id.process, by: directory).breaches(
                    in: story)
                func expect(_ holds: Bool, _ otherwise: String) {
                    if !holds { findings.append("\(story.summary.id): \(otherwise)") }
                }
                expect(story.summary.state == .completed, "it is \(story.summary.state): \(story.why)")
                expect(story.earlierEntries == 0, "its story is cut short by \(story.earlierEntries) entries")
                expect(try story.recomputedHead == story.head, "its chain's head is not that of its entries")
                expect(story.alteredFrom == nil, "it was altered from entry \(story.alteredFrom ?? 0) on")
                return findings
            }
        }
    }

    /// What is left of cases in which all could be done: work outside, letters; a sentence each.
    var leftFindings: [String] {
        stories.flatMap { story in
            story.effects.map { "\(story.summary.id): \($0.title) is \($0.state)" }
                + story.letters.map { "\(story.summary.id): a letter lies: \($0.why)" }
        }
    }

    /// What the ledger and the exchanges disagree about: handoffs that only one of them has seen.
    var handoffFindings: [String] {
        let told = Set(stories.flatMap { story in story.handoffs.map { "\(story.summary.id) \($0.id)" } })
        let seen = Set(sightings.filter(\.isQuestion).map { "\($0.caseID) \($0.id)" })
        return told.symmetricDifference(seen).map { "\($0) is not both on the ledger and on the exchange" }
    }

    /// How many mails there should be: one for each address of whoever is asked or told something, and what a case
    /// of its process says to others.
    var mailsExpected: Int {
        sightings.reduce(0) { $0 + mails(because: $1) }
            + stories.reduce(0) { $0 + ($1.summary.id.process == "saas-to-local" ? 3 : 5) }
    }

    private func mails(because sighting: Sighting) -> Int {
        guard let team = sighting.team.flatMap(directory.team) else { return 0 }
        // What the notifier itself says to a queue, it mails by itself.
        if sighting.type == "notifier.notice.v1" { return 0 }
        if sighting.type.hasSuffix(".escalation.v1") { return team.escalation.count }
        return team.reach.includesMail ? team.addresses.count : 0
    }

    /// Mails by what they say to whom, with the ids they said it under.
    private var mailIDs: [String: Set<String>] {
        Dictionary(grouping: mails) { "\($0.to)\n\($0.text)" }.mapValues { Set($0.map(\.messageID)) }
    }

    /// Everything that is wrong with the mails, a sentence each.
    ///
    /// - Parameter missing: mails that nobody would take.
    func mailFindings(missing: Int) -> [String] {
        var findings = mailIDs.filter { $0.value.count > 1 }.map {
            "one mail has \($0.value.count) ids: \($0.value.sorted())"
        }
        if mailIDs.count != mailsExpected - missing {
            findings.append("there are \(mailIDs.count) mails, not \(mailsExpected) less \(missing)")
        }
        if Set(mails.map(\.messageID)).count != mailIDs.count { findings.append("one id names two mails") }
        return findings
    }

    /// Copies beyond the first of a mail.
    var secondCopies: Int { mails.count - Set(mails.map(\.messageID)).count }
}
