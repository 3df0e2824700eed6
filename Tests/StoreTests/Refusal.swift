import Engine
import Testing

/// The kinds of a store's refusal, by what its caller does about them.
enum Refusal {
    case unavailable, content, unusable

    init(_ error: StoreError) {
        switch error {
        case .unavailable: self = .unavailable
        case .content: self = .content
        case .unusable: self = .unusable
        }
    }
}

/// Expects a refusal of a kind whose text holds all of these words and never "hush", which stands for
/// content.
func expect<Value>(
    _ refusal: Refusal, saying words: String..., sourceLocation: SourceLocation = #_sourceLocation,
    from body: () throws -> Value
) {
    let error = #expect(throws: StoreError.self, sourceLocation: sourceLocation) { _ = try body() }
    guard let error else { return }
    #expect(Refusal(error) == refusal, sourceLocation: sourceLocation)
    for word in words { #expect(error.description.contains(word), sourceLocation: sourceLocation) }
    #expect(!error.description.contains("hush"), sourceLocation: sourceLocation)
}
