import Vocabulary

/// What `--help` prints.
enum HelpText {
    /// The keys of a worker, with what they mean.
    static func of(_ worker: WorkerName, _ keys: [SettingKey] = []) -> String {
        """
        Usage: baton-\(worker) [--config FILE] [--KEY VALUE …]
               baton-\(worker) --check | --version | --help

        Runs the service baton-\(worker) until SIGTERM or SIGINT; a second one ends it at once.
        --check validates configuration and directory, and ends.

        A key is taken from its flag, else from its environment variable, else from the file.

        \((SettingKey.all + keys).map(describe).joined(separator: "\n\n"))

        Exit codes: 0 stopped in order; 1 ended out of order; 78 the configuration or the store cannot work.

        """
    }

    private static func describe(_ key: SettingKey) -> String {
        """
          \(key.flag) \(key.placeholder)
              \(key.meaning)
              Environment: \(key.variable). \(key.otherwise.map { "Default: \($0)." } ?? "Required.")
        """
    }
}
