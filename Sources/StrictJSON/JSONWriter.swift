/// Writes a canonical document straight into bytes, member by member, for types that are written often.
///
/// What it writes is what ``JSON/serialized()`` would make of the same document. Whoever writes an object names its
/// members in the order of their names' bytes; a debug build insists on it.
public struct JSONWriter {
    /// What is written so far.
    public private(set) var bytes: [UInt8] = []
    /// Whether something stands before what comes next, in the same object or array.
    private var isFirst = true
    /// The last member's name, of which the order is checked.
    private var lastName: StaticString = ""

    /// Begins a document.
    ///
    /// - Parameter capacity: how many bytes it will have, about.
    public init(capacity: Int = 1024) { bytes.reserveCapacity(capacity) }

    // MARK: Values

    /// Writes an object.
    public mutating func object(_ members: (inout JSONWriter) -> Void) {
        let name = lastName
        open(UInt8(ascii: "{"))
        lastName = ""
        members(&self)
        lastName = name
        close(UInt8(ascii: "}"))
    }

    /// Writes an array.
    public mutating func array<Element>(
        _ elements: some Sequence<Element>, _ write: (Element, inout JSONWriter) -> Void
    ) {
        open(UInt8(ascii: "["))
        for element in elements {
            separate()
            isFirst = true
            write(element, &self)
            isFirst = false
        }
        close(UInt8(ascii: "]"))
    }

    /// Writes a text.
    public mutating func put(_ text: String) { JSON.append(quoted: text, to: &bytes) }

    /// Writes a part of a document.
    public mutating func put(_ json: JSON) { json.append(to: &bytes) }

    /// Writes what is a canonical document already.
    public mutating func put(written: [UInt8]) { bytes += written }

    // MARK: Members

    /// Writes a member's name; its value comes next.
    public mutating func name(_ name: StaticString) {
        assert(lastName.precedesInBytes(name), "\(name) is written after \(lastName)")
        lastName = name
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// Writes a member that is a text; `nil` leaves it out.
    public mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        self.name(name)
        put(text)
    }

    /// Writes a member that is a whole number.
    public mutating func member(_ name: StaticString, _ number: Int) {
        self.name(name)
        put(.integer(Int64(number)))
    }

    /// Writes a member that is a part of a document; `nil` leaves it out.
    public mutating func member(_ name: StaticString, _ json: JSON?) {
        guard let json else { return }
        self.name(name)
        put(json)
    }

    // MARK: Punctuation

    private mutating func open(_ bracket: UInt8) {
        bytes.append(bracket)
        isFirst = true
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        isFirst = false
    }

    private mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
    }
}

extension StaticString {
    fileprivate func precedesInBytes(_ other: StaticString) -> Bool {
        withUTF8Buffer { bytes in other.withUTF8Buffer { bytes.lexicographicallyPrecedes($0) } }
    }
}
