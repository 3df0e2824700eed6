public import StrictJSON

/// A file of the `Topology` folder.
public struct GeneratedFile: Equatable, Sendable {
    /// Its path within the folder.
    public let path: String
    /// Its text.
    public let text: String
}

extension Topology {
    /// The virtual host that is meant where none is named.
    public static let defaultVirtualHost = "baton"

    /// The folder of the schemas, within that of the generated files.
    public static let schemaFolder = "schemas"

    /// Everything as RabbitMQ imports it; users have a name and a tag, and no password to log in with.
    ///
    /// - Parameter virtualHost: the virtual host it is for.
    public func definitions(virtualHost: String = defaultVirtualHost) -> JSON {
        let items = items
        let lists = Item.Kind.allCases.map { kind in
            let entries = items.filter { $0.kind == kind }.map { item in
                let place: [(String, JSON)] = kind == .user ? [] : [("vhost", .string(virtualHost))]
                return JSON.object(
                    JSONObject(
                        (item.identity.members + item.settings.members).map { ($0.key, $0.value) } + place))
            }
            return (kind.listName, JSON.array(entries))
        }
        return .object(JSONObject([("vhosts", [["name": .string(virtualHost)]])] + lists))
    }

    /// The files that are checked in: the definitions, and a schema for each message.
    public var files: [GeneratedFile] {
        [GeneratedFile(path: "definitions.json", text: definitions().indentedText + "\n")]
            + schemas.map {
                GeneratedFile(
                    path: "\(Self.schemaFolder)/\($0.type).json", text: $0.document.indentedText + "\n")
            }
    }
}
