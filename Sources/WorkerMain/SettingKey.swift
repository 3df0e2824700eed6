/// One key of a worker's configuration: where it is read from, and what it means.
package struct SettingKey: Sendable {
    /// What a value looks like.
    enum Shape { case text, list, yesOrNo }

    /// Its name in the file, a dot for each level.
    let name: String
    /// What a value looks like.
    let shape: Shape
    /// What stands for the value in `--help`.
    let placeholder: String
    /// What holds where it is not set; `nil` where it must be set.
    let otherwise: String?
    /// What it decides.
    let meaning: String

    init(name: String, shape: Shape, placeholder: String, otherwise: String?, meaning: String) {
        self.name = name
        self.shape = shape
        self.placeholder = placeholder
        self.otherwise = otherwise
        self.meaning = meaning
    }

    /// A key of one service's own.
    ///
    /// - Parameters:
    ///   - name: its name in the file, a dot for each level.
    ///   - placeholder: what stands for the value in `--help`.
    ///   - otherwise: what holds where it is not set; `nil` where it must be set.
    ///   - meaning: what it decides.
    package init(_ name: String, _ placeholder: String, otherwise: String?, meaning: String) {
        self.init(
            name: name, shape: .text, placeholder: placeholder, otherwise: otherwise, meaning: meaning)
    }

    /// Its flag.
    var flag: String { "--" + name.replacing(".", with: "-") }
    /// Its environment variable.
    var variable: String { "BATON_" + name.uppercased().replacing(".", with: "_").replacing("-", with: "_") }
    /// Its place in a source of configuration.
    var path: [String] { name.split(separator: ".").map(String.init) }
}

extension SettingKey {
    static let config = SettingKey(
        name: "config", shape: .text, placeholder: "FILE", otherwise: "no file",
        meaning: "A YAML file with any of the keys below, a mapping for each dot.")
    static let brokerURLs = SettingKey(
        name: "broker.urls", shape: .list, placeholder: "URL,…", otherwise: nil,
        meaning:
            "The broker's nodes, as amqp[s]://host[:port][/vhost], without user and password; tried in turn.")
    static let brokerUsername = SettingKey(
        name: "broker.username", shape: .text, placeholder: "NAME", otherwise: "the worker's name",
        meaning: "The broker's user.")
    static let brokerPasswordFile = SettingKey(
        name: "broker.password-file", shape: .text, placeholder: "FILE",
        otherwise: "$CREDENTIALS_DIRECTORY/broker-password",
        meaning: "A file that holds that user's password and that others cannot read.")
    static let brokerCAFile = SettingKey(
        name: "broker.ca-file", shape: .text, placeholder: "FILE", otherwise: "none; needed with amqps",
        meaning: "The certificates, in PEM, that an amqps node's must descend from.")
    static let brokerHeartbeat = SettingKey(
        name: "broker.heartbeat", shape: .text, placeholder: "SECONDS", otherwise: "30",
        meaning: "How often both sides say that they live; a peer silent for two of these is gone.")
    static let storePath = SettingKey(
        name: "store.path", shape: .text, placeholder: "FILE", otherwise: "$STATE_DIRECTORY/<worker>.sqlite",
        meaning: "The worker's store.")
    static let storeCreate = SettingKey(
        name: "store.create", shape: .yesOrNo, placeholder: "true|false", otherwise: "false",
        meaning: "Whether a missing store is made, empty; true only for a worker's first start ever.")
    static let directoryFile = SettingKey(
        name: "directory.file", shape: .text, placeholder: "FILE", otherwise: nil,
        meaning: "The directory of teams, users, calendars and products.")
    static let logLevel = SettingKey(
        name: "log.level", shape: .text, placeholder: "LEVEL", otherwise: "info",
        meaning: "The least that is logged: trace, debug, info, notice, warning, error or critical.")
    static let stopBudget = SettingKey(
        name: "stop.budget", shape: .text, placeholder: "SECONDS", otherwise: "20",
        meaning:
            "How long a stop may take to send what is committed; what is left is sent after the next start.")

    static let clock = SettingKey(
        name: "clock", shape: .text, placeholder: "CLOCK", otherwise: "the machine's",
        meaning: """
            For a demonstration: a clock of the fleet's own, the same for all its services, as \
            "\(QuickClock.Setting.example)".
            """)

    /// All there are, in the order of `--help`.
    static let all = [
        config, brokerURLs, brokerUsername, brokerPasswordFile, brokerCAFile, brokerHeartbeat, storePath,
        storeCreate, directoryFile, logLevel, stopBudget, clock,
    ]
}
