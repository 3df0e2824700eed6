import StrictJSON

/// What readers tend to stumble over.
enum Odd {
    static let bytes: [UInt8] =
        [0x00, 0x09, 0x0A, 0x0D, 0x1F, 0x20, 0x7F, 0x80, 0xBF, 0xC0, 0xED, 0xF4, 0xFE, 0xFF]
        + Array(#""\/:,.-+*&!?%@#|>'`<=~^${}[]()0129Eeux"#.utf8)

    static let texts: [String] = [
        "", " ", "\u{0}", "\n", "\r\n", "\t", "\u{2028}", "\u{FEFF}", "\u{202E}", "\u{85}", "\u{212A}", "ß",
        "e\u{301}",
        "👩‍👩‍👧‍👦", "\u{10FFFF}", "null", "true", "no", "~", "0", "-0", "1", "-1", "007", "1.0", "1e400", "NaN",
        "+5",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551616",
        "999999999999.99", "../../etc/passwd", "a/b/c", "a.b.c", ".", "..", "#", "*", "%", "%s%n", "$(x)",
        "{{x}}",
        "{{#x}}", "{{/x}}", "0000-00-00T00:00:00Z", "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59.999999999Z",
        "2026-02-29", "24:00-24:00", "00:00-24:00", "99999999999 business days", "saas-to-local/case-a",
        "cancellation.cancellation-form.v1", "cancellation.cancellation-form.v9999", "user:intake",
        "baton.events",
        "baton.commands", "baton.redrive", "handoff", "effect", "early", "stuck", "amqp://[::1]:99999/%",
        "a@b.c",
        String(repeating: "a", count: 64), String(repeating: "é", count: 129),
        String(repeating: "9", count: 400),
        String(repeating: "e\u{301}\u{302}", count: 300), String(repeating: "long ", count: 3000),
    ]

    static let values: [JSON] =
        [
            .null, true, false, 0, 1, -1, 2, 127, 1_000_000, .integer(.max), .integer(.min), 0.5, -0.0, 1e300,
            1e-300,
            [], [:], [[]], [[:]], ["a": [:]], ["": ""], ["by": "ada"], [1, "1", .null, true, [:]],
        ] + texts.map(JSON.string)

    /// Values that only a document's text can hold.
    static let literals: [String] = [
        "1e400", "-1e400", "1e-400", "-0", "-0.0", "1.0", "1E+2", "00", "01", "+1", ".5", "1.", "NaN",
        "Infinity",
        "9223372036854775808", "-9223372036854775809", String(repeating: "9", count: 5000),
        "0." + String(repeating: "1", count: 5000), #""\ud800""#, #""\udc00\ud800""#, #""\u0000""#,
        #""\uD83D\uDE00""#,
        #""\x""#, "'a'", "tru", "null null", "", "//", "/**/1", #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#,
        "{1:2}",
        "[1,]", String(repeating: "[", count: 70) + String(repeating: "]", count: 70),
        String(repeating: "[", count: 100_000), String(repeating: #"{"a":"#, count: 10_000),
    ]

    /// Lines and values of YAML.
    static let yaml: [String] = [
        "---", "...", "--- # again", "%YAML 1.1", "%TAG ! tag:example.com,2026:", "&a", "*a", "*b",
        "&a [*a, *a]", "<<: *a",
        "<<: [*a, *a]", "<<: 1", "? a", "? [a, b]", "? {a: b}", ": x", "- - - -", "- a: b", "|", ">-", "|9",
        "|+2", "!!binary aGk=",
        "!!str", "!!set {a, b}", "!!omap [a: 1]", "!!timestamp 2026-01-01", "!!float .inf", "!<tag:x> y",
        "!!null", "[", "]",
        "{", "}", "[a, [b, [c]]]", "{a: {b: {c: d}}}", "{a: 1, a: 2}", "\"\\x00\\u2028\\U0010FFFF\"",
        "\"open", "'open",
        "# comment", "\t", "\ta: b", "key without value:", "=: 1", "0x1F", "0o17", "1_000", "12:30:45",
        ".nan", "yes", "~",
        "hours: {monday: 00:00-24:00}", "holidays: 2026-01-01", "roles: [team, operator]",
        "timeZone: Mars/Olympus",
        "limit: 9223372036854775808", "a: &a [*a]", "b: &b {<<: *b}", String(repeating: "[", count: 3000),
        String(repeating: "{a: ", count: 3000), String(repeating: "- ", count: 3000),
        String(repeating: "? ", count: 2000),
        String(repeating: "x", count: 20_000), String(repeating: "[]: ", count: 500),
        String(repeating: "!", count: 1000),
    ]

    static let fragments: [[UInt8]] =
        texts.map { Array($0.utf8) } + yaml.map { Array($0.utf8) } + literals.map { Array($0.utf8) } + [
            [0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0xFF, 0xFE, 0, 0], [0xC0, 0x80], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80],
            [0x80], [0xC3], [0x00], [UInt8](repeating: 0, count: 100), Array("\"".utf8), Array("{".utf8),
            Array(",".utf8),
        ]
}
