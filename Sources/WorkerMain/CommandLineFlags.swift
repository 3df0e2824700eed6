import StrictJSON

/// What may stand on the command line: a flag for each key, and what is asked of the program instead of running.
enum CommandLineFlags {
    /// What the program is to do.
    enum Task: String, CaseIterable {
        /// Print the keys.
        case help = "--help"
        /// Print the version.
        case version = "--version"
        /// Validate configuration and directory, and end.
        case check = "--check"
    }

    /// What is asked; `nil` for the worker's work.
    static func task(_ arguments: [String]) -> Task? {
        arguments.contains("-h") ? .help : Task.allCases.first { arguments.contains($0.rawValue) }
    }

    /// Refuses what is no flag.
    static func check(_ arguments: [String], _ keys: [SettingKey]) throws(SettingsFault) {
        var findings: [String] = []
        var room = 0
        for argument in arguments.dropFirst() {
            guard argument.hasPrefix("--") else {
                room -= 1
                if room < 0 { findings.append("\(argument.quoted) belongs to no flag; see --help") }
                continue
            }
            let flag = String(argument.prefix { $0 != "=" })
            let key = keys.first { $0.flag == flag }
            room = argument.contains("=") ? 0 : key?.shape == .list ? .max : 1
            guard key == nil else { continue }
            if Task(rawValue: argument) != nil {
                room = 0
                continue
            }
            let known = keys.map(\.flag) + Task.allCases.map(\.rawValue)
            let hint =
                Spelling.didYouMean(flag, among: known).map { "; did you mean \($0)?" } ?? "; see --help"
            findings.append("\(flag.quoted) is no flag of a worker\(hint)")
        }
        guard findings.isEmpty else { throw SettingsFault(findings: findings) }
    }
}
