import Foundation
import MailWorld
package import WorkerMain

extension WorldMaker {
    /// Mail, by the server and the templates that the configuration names.
    package static let mail = WorldMaker(keys: MailSettings.Key.allCases.map(\.setting)) { value in
        let settings = try MailSettings { key in value(key.rawValue) ?? key.credential(value) }
        return { wake in MailWorld(settings, onOutcome: wake) }
    }
}

extension MailSettings.Key {
    /// As it is read and explained.
    fileprivate var setting: SettingKey {
        let (placeholder, otherwise): (String, String?) =
            switch self {
            case .url: ("URL", nil)
            case .sender: ("ADDRESS", nil)
            case .templates: ("FOLDER", nil)
            case .username: ("NAME", "no login")
            case .passwordFile: ("FILE", "$CREDENTIALS_DIRECTORY/mail-password, with mail.username")
            case .authorityFile: ("FILE", "the machine's own certificates")
            }
        return SettingKey(rawValue, placeholder, otherwise: otherwise, meaning: meaning)
    }

    /// What systemd hands over, for a login whose password file is not named.
    fileprivate func credential(_ value: (String) -> String?) -> String? {
        guard self == .passwordFile, value(Self.username.rawValue) != nil else { return nil }
        return ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"].map { "\($0)/mail-password" }
    }
}
