import Synchronization
public import Vocabulary

/// The types that were read so far. A worker meets a dozen of them, each many times a second, and looking one up costs a
/// tenth of reading it.
private let knownTypes = Mutex<[String: MessageType]>([:])

extension MessageType {
    /// Takes a text `<owner>.<name>.v<version>`, which may have been read before.
    public init?(known text: String) {
        if let type = knownTypes.withLock({ $0[text] }) {
            self = type
            return
        }
        guard let type = MessageType(rawValue: text) else { return nil }
        knownTypes.withLock { known in
            if known.count >= Limits.knownTypes { known = [:] }
            known[text] = type
        }
        self = type
    }
}
