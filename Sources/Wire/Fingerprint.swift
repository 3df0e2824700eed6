import Crypto
import StrictJSON
public import Vocabulary

/// SHA-256, in hexadecimal.
public enum Fingerprint {
    /// All 64 digits.
    public static func of(_ bytes: [UInt8]) -> String { hexadecimal(bytes, count: 32) }

    /// The first 32 digits: enough that no two are ever the same.
    public static func short(_ bytes: [UInt8]) -> String { hexadecimal(bytes, count: 16) }

    /// The first 32 digits, of text.
    public static func short(_ text: String) -> String { short(Array(text.utf8)) }

    private static func hexadecimal(_ bytes: [UInt8], count: Int) -> String {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash.finalize().withUnsafeBytes { digest in
            String(unsafeUninitializedCapacity: count * 2) { buffer in
                for (index, byte) in digest.prefix(count).enumerated() {
                    buffer[2 * index] = digit(byte >> 4)
                    buffer[2 * index + 1] = digit(byte & 15)
                }
                return count * 2
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}

extension Envelope {
    /// The SHA-256 of what a message says, without when it was said and the trace: the same digest is the same
    /// message.
    public var contentDigest: String {
        let subject = subject.map { JSON.string($0.rawValue) } ?? .null
        let correlation = correlationID.map(JSON.string) ?? .null
        var writer = JSONWriter()
        writer.array([.string(type.rawValue), subject, correlation, data]) { $1.put($0) }
        return Fingerprint.of(writer.bytes)
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
