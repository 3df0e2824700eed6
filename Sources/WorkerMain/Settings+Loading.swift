import AMQP
import Configuration
import Logging
package import Vocabulary

extension Settings {
    /// Reads them from flags, else the environment, else the file that `--config` names.
    ///
    /// - Throws: everything that is wrong with them, at once.
    package static func load(
        for worker: WorkerName, keys: [SettingKey] = [], arguments: [String], environment: [String: String]
    ) throws(SettingsFault) -> Settings {
        let all = SettingKey.all + keys
        try CommandLineFlags.check(arguments, all)
        let flags = CommandLineArgumentsProvider(arguments: arguments)
        let variables = EnvironmentVariablesProvider(environmentVariables: environment)
        var sources = [
            SettingsReader.Source(
                naming: \.flag,
                lookUp: { try flags.value(forKey: AbsoluteConfigKey($0.path), type: $0.type).value?.content }),
            SettingsReader.Source(
                naming: \.variable,
                lookUp: {
                    try variables.value(forKey: AbsoluteConfigKey(["baton"] + $0.path), type: $0.type).value?
                        .content
                }),
        ]
        var first = SettingsReader(sources)
        if let path = first.text(.config) { sources.append(try ConfigurationFile(path, all).source) }
        guard first.findings.isEmpty else { throw SettingsFault(findings: first.findings) }
        var reader = SettingsReader(sources)
        var more: [String: String] = [:]
        for key in keys { more[key.name] = reader.text(key) }
        var settings = try read(&reader, for: worker, environment: environment)
        settings.more = more
        return settings
    }

    private static func read(
        _ reader: inout SettingsReader, for worker: WorkerName, environment: [String: String]
    ) throws(SettingsFault) -> Settings {
        let endpoints = reader.endpoints()
        let authorityFile = reader.text(.brokerCAFile)
        if authorityFile == nil, endpoints.contains(where: \.isEncrypted) {
            reader.refuse(SettingKey.brokerCAFile.unset)
        }
        let broker = Broker(
            endpoints: endpoints,
            credentials: Credentials(
                user: reader.text(.brokerUsername, otherwise: worker.description),
                password: reader.password(credentials: environment["CREDENTIALS_DIRECTORY"])),
            authorityFile: authorityFile,
            heartbeat: reader.seconds(.brokerHeartbeat, in: Limits.heartbeatSeconds, otherwise: 30))
        // systemd separates several state directories by colons; the units name one.
        let folder = environment["STATE_DIRECTORY"]?.split(separator: ":").first
        let settings = Settings(
            broker: broker,
            store: Store(
                path: reader.text(.storePath, otherwise: folder.map { "\($0)/\(worker).sqlite" }),
                create: reader.isOn(.storeCreate) ?? false),
            directoryFile: reader.text(.directoryFile, otherwise: nil),
            logLevel: reader.logLevel(),
            stopBudget: reader.seconds(.stopBudget, in: Limits.stopBudgetSeconds, otherwise: 20),
            clock: reader.clock())
        guard reader.findings.isEmpty else { throw SettingsFault(findings: reader.findings) }
        return settings
    }
}

extension SettingsReader {
    fileprivate mutating func endpoints() -> [Endpoint] {
        var endpoints: [Endpoint] = []
        for (index, url) in list(.brokerURLs).enumerated() {
            do {
                let endpoint = try Endpoint(url: url)
                endpoints.append(endpoint)
                guard endpoint.credentials != nil else { continue }
                refuse(
                    .brokerURLs,
                    "must not hold a user or password (number \(index + 1)); these have keys of their own")
            } catch {
                refuse(.brokerURLs, "cannot be used (number \(index + 1)): \(error)")
            }
        }
        return endpoints
    }

    fileprivate mutating func password(credentials: String?) -> String {
        let path = text(.brokerPasswordFile, otherwise: credentials.map { "\($0)/broker-password" })
        guard !path.isEmpty else { return "" }
        do {
            let bytes = try PlainFile.read(path, atMost: Limits.passwordBytes, isPrivate: true)
            let line = String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline }
            if line.isEmpty { refuse("the password file \(path) is empty") }
            return String(line)
        } catch {
            refuse("the password file \(error)")
            return ""
        }
    }

    fileprivate mutating func clock() -> QuickClock.Setting? {
        guard let text = text(.clock) else { return nil }
        guard let setting = QuickClock.Setting(rawValue: text) else {
            refuse(.clock, "must be like \(QuickClock.Setting.example.quoted), not \(text.quoted)")
            return nil
        }
        return setting
    }

    fileprivate mutating func logLevel() -> Logger.Level {
        guard let text = text(.logLevel) else { return .info }
        guard let level = Logger.Level(rawValue: text) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            refuse(.logLevel, "must be one of \(levels), not \(text.quoted)")
            return .info
        }
        return level
    }
}

extension SettingKey {
    /// How the library calls its shape.
    fileprivate var type: ConfigType {
        switch shape {
        case .text: .string
        case .list: .stringArray
        case .yesOrNo: .bool
        }
    }
}
