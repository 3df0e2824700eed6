import Crypto
import StrictJSON
public import Vocabulary

/// SHA-256, in hexadecimal.
public enum Fingerprint {
    /// All 64 digits.
    public static func of(_ bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes), count: 32) }

    /// The first 32 digits, of text: enough that no two are ever the same.
    public static func short(_ text: String) -> String {
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

extension Envelope {
    /// The SHA-256 of what a message says, without when it was said and the trace: the same digest is the same
    /// message.
    public var contentDigest: String {
        let subject = subject.map { JSON.string($0.description) } ?? .null
        let correlation = correlationID.map(JSON.string) ?? .null
        return Fingerprint.of(
            JSON.array([.string(type.description), subject, correlation, data]).serialized())
    }
}

extension Directory {
    /// The SHA-256 of its canonical JSON: two programs that differ read different directories.
    public var digest: String {
        // A directory is made of texts and lists of them, which always encode.
        guard let document = try? JSON(encoding: self) else { return "" }
        return Fingerprint.of(document.serialized())
    }
}
