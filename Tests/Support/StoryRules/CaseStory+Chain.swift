package import LedgerMessages
import StrictJSON
import Wire

extension CaseStory {
    /// The head of the chain as its entries give it, computed apart from the ledger; `nil` where some are left out.
    package var recomputedHead: String? {
        get throws {
            guard earlierEntries == 0 else { return nil }
            var head = Fingerprint.of(Array("case \(summary.id)".utf8))
            for entry in entries {
                let body = try JSON(encoding: entry.turn).serialized()
                let digest = Fingerprint.of(Array("\(entry.worker)\n".utf8) + body)
                head = Fingerprint.of(Array((head + digest).utf8))
            }
            return head
        }
    }
}
