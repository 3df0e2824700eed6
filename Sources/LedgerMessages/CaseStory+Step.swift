package import Vocabulary

extension CaseStory {
    /// A step of a process's outline, and where it stands in the case.
    ///
    /// A question asked again counts once, the newest decides. Of questions side by side, under keys of their own,
    /// the one that is furthest behind does.
    package struct Step: Codable, Equatable, Sendable {
        /// Where a step stands.
        package enum Status: String, CaseIterable, Codable, Sendable {
            /// It was answered; a notice: later steps have begun.
            case done
            /// A team is asked.
            case open
            /// Its gate is closed, and nobody is asked yet.
            case held
            /// It has not begun.
            case ahead
            /// It was left out: its condition did not hold, or the case ended without it.
            case skipped
        }

        /// What is done, in a line.
        package let title: String
        /// The number of the step; the same for steps that go side by side.
        package let place: Int
        /// The worker that owns it.
        package let worker: WorkerName
        /// The team that is asked; `nil` for a notice.
        package let team: Team?
        /// Where it stands.
        package let status: Status
        /// Since when: when it was answered, asked or first wanted; `nil` where it has not begun, and for a notice.
        package let since: Timestamp?
        /// Who answered it; `nil` where nobody has.
        package let by: String?
        /// Who has it, or who declined it; `nil` where nobody is asked, or nobody said.
        package let custody: Custody?
        /// The handoff that decides; `nil` where there is none.
        package let handoff: HandoffID?
        /// How many questions it has side by side, and how many of them are answered.
        package let count: Count
        /// When it is done at all, as the end of the sentence "only if …"; `nil` where it always is.
        package let onlyIf: String?
        /// Whether what it does can be undone.
        package let isReversible: Bool

        /// Questions side by side.
        package struct Count: Codable, Equatable, Sendable {
            /// How many were wanted.
            package let wanted: Int
            /// How many of them are answered.
            package let answered: Int

            /// Counts.
            package init(wanted: Int, answered: Int) {
                self.wanted = wanted
                self.answered = answered
            }
        }

        /// Puts it together.
        package init(
            title: String, place: Int, worker: WorkerName, team: Team?, status: Status,
            since: Timestamp? = nil,
            by person: String? = nil, custody: Custody? = nil, handoff: HandoffID? = nil,
            count: Count = Count(wanted: 0, answered: 0), onlyIf: String? = nil, isReversible: Bool = true
        ) {
            self.title = title
            self.place = place
            self.worker = worker
            self.team = team
            self.status = status
            self.since = since
            by = person
            self.custody = custody
            self.handoff = handoff
            self.count = count
            self.onlyIf = onlyIf
            self.isReversible = isReversible
        }
    }
}
