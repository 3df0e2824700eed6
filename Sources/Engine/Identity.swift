import StrictJSON
import Vocabulary
import Wire

/// The ids a turn makes: derived from the worker, what it took, and a counter.
///
/// A turn that runs again after a crash makes the same ids, so what it sends twice is recognised; no two
/// workers, and no two messages, make the same.
struct Identity {
    private let seed: String
    private var counter = 0

    /// Ids for a turn; or for something else that the same message makes necessary, named.
    init(worker: WorkerName, key: InboxKey, for purpose: String? = nil) {
        let turn = worker.rawValue + "\n" + key.sender.rawValue + "\n" + key.id + "\n" + String(key.redrive)
        seed = purpose.map { turn + "\n" + $0 } ?? turn
    }

    /// The next id: 32 hexadecimal digits.
    mutating func next() -> String {
        counter += 1
        return Fingerprint.short(seed + "\n" + String(counter))
    }

    /// The next id as a number, from 0.
    mutating func nextNumber() -> Int { Int(next().prefix(15), radix: 16) ?? 0 }
}

extension TextValue {
    /// An id that a turn made; always valid.
    init(derived text: String) { self.init(stringLiteral: text) }
}
