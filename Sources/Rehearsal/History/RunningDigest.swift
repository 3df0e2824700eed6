/// FNV-1a of 64 bits, over everything added so far: two runs that differ in a byte differ in it.
public struct RunningDigest: Equatable, Sendable {
    /// The digest.
    public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    }

    mutating func add(_ text: String) { add(text.utf8) }
}
