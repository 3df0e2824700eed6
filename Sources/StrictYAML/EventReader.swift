import CYAML

/// libyaml's events, one after another: what a text holds, without what it stands for.
final class EventReader {
    /// What begins, ends, or stands at a line.
    struct Event {
        enum Kind: Equatable {
            case documentStart, listStart, listEnd, mappingStart, mappingEnd, end
            case text(String)
            case alias(String)
        }
        let kind: Kind
        /// From 1.
        let line: Int
    }

    private let text: UnsafeMutableBufferPointer<UInt8>
    private let parser: UnsafeMutablePointer<yaml_parser_t>

    init(_ text: [UInt8]) {
        // libyaml takes a mark of the byte order for an indentation.
        let text = text.starts(with: "\u{FEFF}".utf8) ? text.dropFirst(3) : text[...]
        // libyaml reads the text while it parses: it must stay where it is.
        self.text = .allocate(capacity: text.count)
        _ = self.text.initialize(from: text)
        parser = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else { fatalError("no memory for a parser") }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, self.text.baseAddress, text.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        text.deallocate()
    }

    /// The next event that says something; after the last one, `end` for ever.
    func next() throws(YAMLSyntaxError) -> Event {
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else { throw fault }
            defer { yaml_event_delete(&event) }
            if let kind = Event.Kind(event) { return Event(kind: kind, line: Int(event.start_mark.line) + 1) }
        }
    }

    /// What the parser says is wrong.
    private var fault: YAMLSyntaxError {
        let said = parser.pointee.problem.map { String(cString: $0) } ?? "no reason given"
        switch parser.pointee.error {
        case YAML_MEMORY_ERROR: fatalError("no memory for a parser")
        case YAML_READER_ERROR:
            // Found by bytes, before there are lines.
            let lines = text.prefix(Int(parser.pointee.problem_offset)).count { $0 == UInt8(ascii: "\n") }
            return YAMLSyntaxError(
                line: lines + 1,
                reason: said.contains("UTF-8") ? "it is not UTF-8; save it as UTF-8" : "not YAML: \(said)")
        default:
            return YAMLSyntaxError(
                line: Int(parser.pointee.problem_mark.line) + 1,
                reason: "not YAML: \(said); check indentation, quotes and colons")
        }
    }
}

extension EventReader.Event.Kind {
    /// What an event means to us; `nil` for what only frames a document.
    fileprivate init?(_ event: yaml_event_t) {
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: self = .documentStart
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            self = .text(
                String(
                    decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self))
        case YAML_ALIAS_EVENT: self = .alias(String(cString: event.data.alias.anchor))
        case YAML_SEQUENCE_START_EVENT: self = .listStart
        case YAML_SEQUENCE_END_EVENT: self = .listEnd
        case YAML_MAPPING_START_EVENT: self = .mappingStart
        case YAML_MAPPING_END_EVENT: self = .mappingEnd
        case YAML_STREAM_END_EVENT, YAML_NO_EVENT: self = .end
        default: return nil
        }
    }
}
