/// One kind of thing that Baton reads: what inputs look like, and what reads them.
protocol Subject {
    /// What is read.
    associatedtype Input

    /// How many inputs in a row share what they are handed to; the next begins afresh. Default: 1.
    static var stretch: Int { get }

    /// Gathers good examples.
    ///
    /// - Parameter scratch: a folder for files that are to be read.
    init(scratch: String) throws

    /// Puts what inputs are handed to back to where it began. Default: nothing.
    mutating func begin() throws

    /// Makes an input of good examples; the same mutator makes the same input.
    func draw(_ mutator: inout Mutator) -> Input

    /// Has an input read.
    ///
    /// - Returns: whether it was accepted.
    /// - Throws: ``BrokenPromise``.
    mutating func take(_ input: Input) throws -> Bool

    /// The input as people look at it.
    static func bytes(of input: Input) -> [UInt8]
}

extension Subject {
    static var stretch: Int { 1 }

    mutating func begin() throws {}
}

extension Subject where Input == [UInt8] {
    static func bytes(of input: [UInt8]) -> [UInt8] { input }
}

/// What a reader promises and did not keep.
struct BrokenPromise: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
