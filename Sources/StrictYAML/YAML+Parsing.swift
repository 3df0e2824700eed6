extension YAML {
    /// Reads a text of one document.
    ///
    /// Strict: UTF-8 only, keys are text and stand once, no aliases, at most 32 levels deep. So nothing stands for more than
    /// is written. Anchors and tags mean nothing.
    ///
    /// - Returns: `nil` for a text that says nothing.
    public static func parse(_ text: [UInt8]) throws(YAMLSyntaxError) -> YAML? {
        var composer = Composer(events: EventReader(text))
        return try composer.document()
    }
}

/// Builds the tree from the parser's events.
private struct Composer {
    let events: EventReader
    private var depth = 0

    init(events: EventReader) { self.events = events }

    mutating func document() throws(YAMLSyntaxError) -> YAML? {
        guard case .documentStart = try events.next().kind else { return nil }
        let root = try value(try events.next())
        let after = try events.next()
        guard after.kind == .end else {
            throw YAMLSyntaxError(line: after.line, reason: "another document begins; keep one in a file")
        }
        return root
    }

    private mutating func value(_ event: EventReader.Event) throws(YAMLSyntaxError) -> YAML {
        switch event.kind {
        case .text(let text): return YAML(content: .text(text), line: event.line)
        case .listStart, .mappingStart:
            depth += 1
            defer { depth -= 1 }
            guard depth <= Limits.maxDepth else {
                throw YAMLSyntaxError(
                    line: event.line, reason: "nested deeper than \(Limits.maxDepth) levels")
            }
            return YAML(
                content: event.kind == .listStart ? .list(try list()) : .mapping(try mapping()),
                line: event.line)
        case .alias(let name):
            throw YAMLSyntaxError(
                line: event.line,
                reason: "it has the alias *\(name.shortened); write out what it stands for")
        case .documentStart, .end, .listEnd, .mappingEnd:
            preconditionFailure("a value was to come, not \(event.kind)")
        }
    }

    private mutating func list() throws(YAMLSyntaxError) -> [YAML] {
        var values: [YAML] = []
        while true {
            let event = try events.next()
            guard event.kind != .listEnd else { return values }
            values.append(try value(event))
        }
    }

    private mutating func mapping() throws(YAMLSyntaxError) -> YAML.Mapping {
        var mapping = YAML.Mapping()
        while true {
            let event = try events.next()
            switch event.kind {
            case .mappingEnd: return mapping
            case .text(let key):
                let entry = YAML.Mapping.Entry(
                    key: key, line: event.line, value: try value(try events.next()))
                guard mapping.add(entry) else {
                    throw YAMLSyntaxError(
                        line: event.line, reason: "\"\(key.shortened)\" stands twice; remove one")
                }
            case .alias: _ = try value(event)
            default: throw YAMLSyntaxError(line: event.line, reason: "a key must be text")
            }
        }
    }
}

extension String {
    /// For an error: on one line, cut where it gets long.
    fileprivate var shortened: String {
        let line = unicodeScalars.prefix(Limits.maxShownCharacters).map {
            $0.properties.isWhitespace ? " " : $0
        }
        let isCut = unicodeScalars.count > Limits.maxShownCharacters
        return String(String.UnicodeScalarView(line)) + (isCut ? "…" : "")
    }
}
