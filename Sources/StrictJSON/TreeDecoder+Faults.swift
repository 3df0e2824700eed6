// What is put together only when a document is refused.
extension TreeDecoder {
    /// Where this value stands, as people write it: `.data.lines[0]`.
    var path: String {
        switch step {
        case .root: reading.path
        case .key(let name): (parent?.path ?? "") + Self.suffix(name)
        case .index(let index): "\(parent?.path ?? "")[\(index)]"
        }
    }

    /// The path in a sentence; the document itself has none.
    static func named(_ path: String) -> String { path.isEmpty ? "the document" : path }

    func mismatch(_ expectation: String) -> DecodingFault {
        refusal("must be \(expectation)", of: value, at: path)
    }

    func missing(_ name: String, butUnknown unknown: [String]) -> DecodingFault {
        let path = path + Self.suffix(name)
        let meant = Spelling.didYouMean(name, among: unknown).map {
            "; did you mean \(self.path + Self.suffix($0))?"
        }
        return DecodingFault(path: path, sentence: "\(path) is missing\(meant ?? "")")
    }

    func unknownKey(_ name: String, among known: [String]) -> DecodingFault {
        let path = path + Self.suffix(name)
        let absent = known.filter { value[$0] == nil }
        let meant = Spelling.didYouMean(name, among: absent).map { "; did you mean \($0)?" }
        return DecodingFault(path: path, sentence: "\(path) is not a known field\(meant ?? "")")
    }

    /// Puts path and value around what a type's own `init(from:)` says.
    func fault<T>(for error: DecodingError, decoding type: T.Type) -> DecodingFault {
        let context: DecodingError.Context
        switch error {
        case .dataCorrupted(let told), .typeMismatch(_, let told), .valueNotFound(_, let told): context = told
        case .keyNotFound(let key, _): return missing(key.stringValue, butUnknown: [])
        @unknown default: return refusal("cannot be read", of: value, at: path)
        }
        // Synthesised code of an enumeration says this, in words for programmers.
        if context.debugDescription.hasPrefix("Cannot initialize") {
            guard let cases = (type as? any CaseIterable.Type)?.rawCases else {
                return refusal("is not one of the values known here", of: value, at: path, joined: ": ")
            }
            let meant = value.stringValue.flatMap {
                Spelling.didYouMean($0, among: cases.compactMap(\.stringValue))
            }
            let list = cases.map(\.shown).joined(separator: ", ")
            return refusal("must be one of \(list)", of: value, at: path, but: meant)
        }
        var (value, path) = (value, path)
        for key in context.codingPath.dropFirst(codingPath.count) {
            if let index = key.intValue, let elements = value.arrayValue, elements.indices.contains(index) {
                (value, path) = (elements[index], "\(path)[\(index)]")
            } else {
                (value, path) = (value[key.stringValue] ?? .null, path + Self.suffix(key.stringValue))
            }
        }
        return refusal(context.debugDescription, of: value, at: path)
    }

    private func refusal(
        _ rule: String, of value: JSON, at path: String, joined: String = ", not ", but meant: String? = nil
    ) -> DecodingFault {
        let suggestion = meant.map { "; did you mean \(JSON.string($0).shown)?" } ?? ""
        return DecodingFault(
            path: path, sentence: "\(Self.named(path)) \(rule)\(joined)\(value.shown)\(suggestion)")
    }

    private static func suffix(_ name: String) -> String {
        let isPlain = !name.isEmpty && name.utf8.allSatisfy { $0.isNameLike }
        return isPlain ? ".\(name)".shortened : "[\(JSON.string(name).shown)]"
    }
}

extension UInt8 {
    /// Whether the character may stand in a path without quotes.
    fileprivate var isNameLike: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

extension CaseIterable {
    /// The raw values of an enumeration, as documents write them; `nil` if it has none.
    static var rawCases: [JSON]? {
        let values = allCases.map { one -> JSON? in
            switch (one as? any RawRepresentable)?.rawValue {
            case let scalar as any Scalar: scalar.json
            default: nil
            }
        }
        return values.contains(nil) ? nil : values.compactMap(\.self)
    }
}
