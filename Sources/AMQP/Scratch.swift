internal import CRabbitMQ

/// Memory that texts are laid into for the length of one call to librabbitmq, instead of an allocation for
/// each.
struct Scratch: ~Copyable {
    private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
    private var used = 0

    deinit { memory.deallocate() }

    /// Begins a call: makes room for so many bytes, and forgets what was laid in before.
    mutating func begin(bytes: Int) {
        used = 0
        guard bytes > memory.count else { return }
        memory.deallocate()
        memory = .allocate(byteCount: bytes * 2, alignment: 16)
    }

    /// Lays a text in; valid until the next call begins.
    ///
    /// - Precondition: the room asked for is not used up.
    mutating func bytes(of text: String) -> amqp_bytes_t {
        var text = text
        return text.withUTF8 { utf8 in
            precondition(
                used + utf8.count <= memory.count, "more was laid into the scratch memory than asked for")
            let target = UnsafeMutableRawBufferPointer(rebasing: memory[used..<used + utf8.count])
            target.copyMemory(from: UnsafeRawBufferPointer(utf8))
            used += utf8.count
            return amqp_bytes_t(len: utf8.count, bytes: target.baseAddress)
        }
    }
}
