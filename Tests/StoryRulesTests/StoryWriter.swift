import LedgerMessages
import StrictJSON
import Vocabulary
import Wire

/// Writes down a case as the ledger would tell it, one turn a second.
struct StoryWriter {
    private(set) var entries: [CaseStory.Entry] = []

    /// A handoff after a turn, by its type.
    typealias Standing = (type: MessageType, state: HandoffState)

    /// What a turn took.
    enum Heard {
        case start(JSON)
        case answer(MessageType, JSON)
        case event(MessageType)

        fileprivate var record: TurnRecord.Heard {
            switch self {
            case .start(let form):
                TurnRecord.Heard(
                    kind: .start, type: "cancellation.cancellation-form.v1", id: "form",
                    sender: .user("intake"),
                    digest: "", data: form)
            case .answer(let type, let data):
                TurnRecord.Heard(
                    kind: .answer, type: type, id: "answer-\(data.text)", sender: .team("ems"), digest: "",
                    data: data)
            case .event(let type):
                TurnRecord.Heard(
                    kind: .event, type: type, id: "\(type)", sender: .worker(type.owner), digest: "")
            }
        }
    }

    /// Adds a turn, a second after the one before.
    mutating func turn(
        of worker: WorkerName, _ heard: Heard, _ handoffs: [Standing] = [], says events: [MessageType] = [],
        ended: CaseEnd? = nil
    ) {
        let at = Timestamp(milliseconds: Int64(entries.count + 1) * 1000)
        let number = 1 + entries.filter { $0.worker == worker }.count
        let record = TurnRecord(
            caseID: "saas-to-local/c-1", number: number, at: at, heard: heard.record, outcome: .applied,
            sent: events.map { .init(kind: .event, type: $0, id: "\($0)", digest: "") },
            handoffs: handoffs.map { handoff($0, at) }, ended: ended)
        entries.append(CaseStory.Entry(place: entries.count + 1, worker: worker, turn: record))
    }

    private func handoff(_ standing: Standing, _ at: Timestamp) -> TurnRecord.HandoffEntry {
        let before = entries.flatMap(\.turn.handoffs).last { $0.type == standing.type }
        return TurnRecord.HandoffEntry(
            id: HandoffID(stringLiteral: "\(standing.type)".replacing(".", with: "-")), type: standing.type,
            answerType: standing.type,
            team: "ems", key: "", state: standing.state, heldBecause: nil, since: before?.since ?? at,
            askedAt: standing.state == .held ? nil : before?.askedAt ?? at,
            clock: HandoffClock(due: .days(1)),
            title: "", lines: [], question: nil)
    }
}

extension CaseStory {
    /// A story of these entries.
    init(_ entries: [Entry], gaps: [Gap] = []) {
        let zero = Timestamp(milliseconds: 0)
        self.init(
            summary: CaseSummary(
                id: "saas-to-local/c-1", customer: "Harbour Lane", state: .completed,
                startedBy: .user("intake"),
                startedAt: zero, movedAt: zero, endedAt: zero, waitingFor: [], letters: 0),
            why: "", steps: [], entries: entries, earlierEntries: 0, handoffs: [], effects: [], timers: [],
            letters: [], gaps: gaps, head: "")
    }
}
