internal import ArgumentParser

/// One field and what it is to say, as the command line has it: `path=value`.
struct Assignment: ExpressibleByArgument, Equatable {
    /// The names on the way to the field.
    let path: [String]
    /// The text behind the equals sign.
    let value: String

    /// Stands for a value in a command that is there to be filled in; never sent.
    static let placeholder = "…"

    /// The path with dots.
    var name: String { path.joined(separator: ".") }

    /// Reads `path=value`; a `[]` at the path's end says no more than that the field is a list, and is dropped.
    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "=") else { return nil }
        var path = argument[..<equals]
        if path.hasSuffix("[]") { path.removeLast(2) }
        self.path = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        value = String(argument[argument.index(after: equals)...])
        guard self.path.allSatisfy({ !$0.isEmpty }), value != Self.placeholder else { return nil }
    }

    /// Sets a field to a value.
    init(_ path: String..., to value: String) {
        self.path = path
        self.value = value
    }
}
