/// A message between its method frame and the last frame of its body.
struct IncomingMessage {
    /// What it is going to be told as.
    enum Kind {
        case delivery(Delivered)
        case returned(exchange: String, routingKey: String, why: String)
    }

    private let kind: Kind
    private var properties = Properties()
    private var body: [UInt8] = []
    /// Bytes of the body still to come; absent until the header frame has told.
    private var missing: Int?

    init(_ kind: Kind) { self.kind = kind }

    /// Takes the header frame; false if it is out of turn, or announces too much.
    mutating func begin(_ properties: Properties, bodyBytes: UInt64) -> Bool {
        guard missing == nil, bodyBytes <= Limits.bodyBytes else { return false }
        self.properties = properties
        body.reserveCapacity(Int(bodyBytes))
        missing = Int(bodyBytes)
        return true
    }

    /// Takes a frame of the body; false if it is out of turn.
    mutating func append(_ fragment: UnsafeRawBufferPointer) -> Bool {
        guard let missing, fragment.count <= missing else { return false }
        body.append(contentsOf: fragment)
        self.missing = missing - fragment.count
        return true
    }

    /// The event, once every byte is there.
    func finished(on channel: UInt16) -> ConnectionEvent? {
        guard missing == 0 else { return nil }
        switch kind {
        case .delivery(var delivered):
            delivered.properties = properties
            delivered.body = body
            return .delivered(delivered, channel: channel)
        case .returned(let exchange, let routingKey, let why):
            return .returned(exchange: exchange, routingKey: routingKey, why: why)
        }
    }
}
