import StrictJSON
import Wire

/// Properties as the index keeps them: what a letter is published with again.
extension MessageProperties {
    /// As a document; what is not set is left out.
    var kept: JSON {
        var members: JSONObject = [:]
        members["messageID"] = messageID.map(JSON.string)
        members["type"] = type.map(JSON.string)
        members["correlationID"] = correlationID.map(JSON.string)
        members["replyTo"] = replyTo.map(JSON.string)
        members["timestampSeconds"] = timestampSeconds.map(JSON.integer)
        members["appID"] = appID.map(JSON.string)
        members["headers"] = .object(
            JSONObject(headers.sorted { $0.key < $1.key }.map { ($0.key.rawValue, .string($0.value)) }))
        return .object(members)
    }

    /// Reads what was kept.
    init(kept: JSON) {
        self.init(
            messageID: kept["messageID"]?.stringValue, type: kept["type"]?.stringValue,
            correlationID: kept["correlationID"]?.stringValue, replyTo: kept["replyTo"]?.stringValue,
            appID: kept["appID"]?.stringValue)
        if case .integer(let seconds)? = kept["timestampSeconds"] { timestampSeconds = seconds }
        for (name, value) in kept["headers"]?.objectValue?.members ?? [] {
            if let header = Header(rawValue: name) { headers[header] = value.stringValue }
        }
    }
}
