import Vocabulary
import Wire

/// What makes a case's history show that it was changed: each entry's digest is taken into the next head.
///
/// The chain goes over digests, so a body can be erased and the chain still holds.
enum Chain {
    /// The head before the first entry; every case has its own, so that no entry fits into another's.
    static func start(of caseID: CaseID) -> String { Fingerprint.of(Array("case \(caseID)".utf8)) }

    /// The digest of an entry: whose turn it was, and what it said.
    static func digest(of worker: WorkerName, _ body: [UInt8]) -> String {
        Fingerprint.of(Array("\(worker)\n".utf8) + body)
    }

    /// The head after an entry.
    static func head(after head: String, _ digest: String) -> String {
        Fingerprint.of(Array((head + digest).utf8))
    }
}
