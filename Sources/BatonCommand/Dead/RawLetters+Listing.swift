internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// Listed as the ledger lists letters, without asking it.
extension RawLetters {
    /// Those that meet the conditions, the newest in front.
    func listed(_ conditions: LetterConditions, atMost limit: Int, now: Timestamp) -> AskLetters.Reply {
        let met = letters.filter { conditions.areMet(by: $0, now: now) }.sorted { $1.at < $0.at }
        let groups = Dictionary(grouping: met) { Kind(reason: $0.reason, process: $0.caseID?.process) }
            .map { kind, letters in
                LetterGroup(
                    reason: kind.reason, process: kind.process, count: letters.count,
                    oldest: letters.map(\.firstAt).min() ?? now)
            }
        let elements = Array(met.prefix(limit))
        return AskLetters.Reply(
            page: Page(
                elements: elements, next: elements.count < met.count ? elements.last?.id : nil,
                total: met.count),
            groups: groups.sorted {
                ($1.count, $0.reason, $0.process?.rawValue ?? "")
                    < ($0.count, $1.reason, $1.process?.rawValue ?? "")
            }, unseen: nil)
    }

    /// For programs: as every list, with what could not be read.
    func document(_ reply: AskLetters.Reply) throws -> JSON {
        [
            "elements": try JSON(encoding: reply.page.elements), "total": .integer(Int64(reply.page.total)),
            "groups": try JSON(encoding: reply.groups),
            "gaps": .array(gaps.map { ["queue": .string($0.queue), "why": .string($0.why)] }),
        ]
    }

    private struct Kind: Hashable {
        let reason: String
        let process: ProcessName?
    }
}

extension LetterConditions {
    /// Whether a letter meets all of them.
    fileprivate func areMet(by letter: LetterSummary, now: Timestamp) -> Bool {
        func meets<Value: Equatable>(_ wanted: Value?, _ value: Value?) -> Bool {
            wanted == nil || wanted == value
        }
        return meets(worker.map(QueueName.dead), letter.queue) && meets(process, letter.caseID?.process)
            && meets(caseID, letter.caseID) && meets(kind, letter.reason)
            && (text.map { letter.why.lowercased().contains($0.lowercased()) } ?? true)
            && (olderThan.map { letter.at < $0.moment { now } } ?? true)
            && (newerThan.map { $0.moment { now } <= letter.at } ?? true)
    }
}
