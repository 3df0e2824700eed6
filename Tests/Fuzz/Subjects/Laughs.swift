/// YAML that says little and means much: each alias stands for ten of the one before.
enum Laughs {
    private static let anchors = (1...12).map { level in
        "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]"
    }

    private static let document = "a0: &a0 ha\n" + anchors.joined(separator: "\n")

    /// As a value, as a key, as entries of a list that is expected, and merged in.
    static let examples = [
        document + "\nteams: *a12\n", document + "\n? *a12\n: x\n", document + "\nbroker: {urls: *a12}\n",
        document + "\ndefault: {brokers: *a12, user: *a12}\n",
        "m: &m {a: b}\n" + document + "\n<<: [*m, *a12]\n",
        document + "\n? *a12\n: x\n? *a12\n: y\n",
    ]
}
