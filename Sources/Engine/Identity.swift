import Crypto
import StrictJSON
import Vocabulary

/// The ids a turn makes: derived from the worker, what it took, and a counter.
///
/// A turn that runs again after a crash makes the same ids, so what it sends twice is recognised; no two
/// workers, and no two messages, make the same.
struct Identity {
    private let seed: String
    private var counter = 0

    init(worker: WorkerName, key: InboxKey) { seed = "\(worker)\n\(key.sender)\n\(key.id)\n\(key.redrive)" }

    /// The next id: 32 hexadecimal digits.
    mutating func next() -> String {
        counter += 1
        return Fingerprint.short("\(seed)\n\(counter)")
    }

    /// The next id as a number, from 0.
    mutating func nextNumber() -> Int { Int(next().prefix(15), radix: 16) ?? 0 }
}

/// SHA-256, in hexadecimal.
enum Fingerprint {
    /// All 64 digits.
    static func of(_ bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes), count: 32) }

    /// The first 32 digits, of text: enough that no two are ever the same.
    static func short(_ text: String) -> String {
        hexadecimal(SHA256.hash(data: Array(text.utf8)), count: 16)
    }

    private static func hexadecimal(_ digest: SHA256Digest, count: Int) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: count * 2) { buffer in
            var position = 0
            for byte in digest.prefix(count) {
                buffer[position] = digits[Int(byte >> 4)]
                buffer[position + 1] = digits[Int(byte & 15)]
                position += 2
            }
            return position
        }
    }
}

extension TextValue {
    /// An id that a turn made; always valid.
    init(derived text: String) { self.init(stringLiteral: text) }
}
