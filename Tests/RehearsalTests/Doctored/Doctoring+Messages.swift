import CancellationMessages
import Engine
import OrderingMessages
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

@testable import Rehearsal

extension Doctoring {
    /// One for each rule of every process about what is taken, committed, sent and put on record.
    static var ofMessages: [Doctoring] {
        [
            Doctoring("made-twice", of: SubscriptionCancelled.type) { [$0, $0.again] },
            Doctoring("id-reused", of: SubscriptionCancelled.type) {
                [$0, $0.replacing("firm-", with: "other-")]
            },
            Doctoring("sent-uncommitted", of: SubscriptionCancelled.type) {
                [$0.replacing("firm-", with: "other-")]
            },
            Doctoring("unsent", of: SubscriptionCancelled.type) { _ in [] },
            Doctoring("unasked") { happening in
                switch happening {
                case .published(let publication) where publication.question?.type == ConfirmDownload.type: []
                case .committed(let changes, let worker):
                    [.committed(changes.filter { !$0.answers(ConfirmDownload.type) }, by: worker)]
                default: [happening]
                }
            },
            Doctoring("decided-twice", verdictOnPerson: { [[.inbox($0)]] }),
            Doctoring("acknowledged-undecided", withoutChange: \.isVerdict),
            Doctoring("without-verdict", withoutChange: \.isVerdict),
            Doctoring("applied-to-nothing", withoutChange: { if case .caseRow = $0 { true } else { false } }),
            Doctoring("taken-unsent", verdictOnPerson: { [[.inbox($0.known(as: $0.key.id, redrive: 1))]] }),
            Doctoring(
                "refused-untold",
                verdictOnPerson: { row in
                    var refused = row.known(as: "another", redrive: 0)
                    refused.verdict = .refused
                    return [[.inbox(refused)]]
                }),
            Doctoring(
                "reused-for-nothing",
                verdictOnPerson: { [[.inbox($0.known(as: "another#\($0.digest.prefix(32))", redrive: 0))]] }),
            Doctoring("record-missing", of: TurnRecords.type(of: OrderingMessages.worker)) { _ in [] },
            Doctoring("verdict-unrecorded", of: TurnRecords.type(of: CancellationMessages.worker)) { _ in []
            },
        ]
    }

    /// After the commit that decides what somebody said, others of its worker are told.
    private init(_ rule: String, verdictOnPerson others: @escaping (InboxRow) -> [[Change]]) {
        self.init(rule) { happening in
            guard case .committed(let changes, let worker) = happening else { return [happening] }
            let rows = changes.compactMap { change -> InboxRow? in
                if case .inbox(let row) = change, row.key.sender.isPerson { row } else { nil }
            }
            return [happening] + rows.flatMap(others).map { .committed($0, by: worker) }
        }
    }
}

extension Change {
    fileprivate var isVerdict: Bool { if case .inbox = self { true } else { false } }

    fileprivate func answers(_ type: MessageType) -> Bool {
        guard case .handoff(let row) = self else { return false }
        return row.slot.type == type && row.state == .answered
    }
}

extension InboxRow {
    /// The same under another id or number.
    fileprivate func known(as id: String, redrive: Int) -> InboxRow {
        InboxRow(
            key: InboxKey(sender: key.sender, id: id, redrive: redrive), caseID: caseID, digest: digest,
            verdict: verdict, at: at)
    }
}
