internal import StrictJSON

/// One thing that was looked at, and how it is.
struct Finding: Equatable, Sendable {
    /// How bad it is.
    enum Level: String, Sendable {
        /// As it should be.
        case ok
        /// Worth a look; things work.
        case warning
        /// Something does not work.
        case fault

        var style: Terminal.Style {
            switch self {
            case .ok: .green
            case .warning: .yellow
            case .fault: .red
            }
        }
    }

    /// What was looked at, in a word.
    let check: String
    /// How it is.
    let level: Level
    /// What was found, and what to do.
    let sentence: String
    /// What a fault is to exit with.
    let status: ExitStatus

    static func ok(_ check: String, _ sentence: String) -> Finding {
        Finding(check: check, level: .ok, sentence: sentence, status: .ok)
    }

    static func warning(_ check: String, _ sentence: String) -> Finding {
        Finding(check: check, level: .warning, sentence: sentence, status: .differences)
    }

    static func fault(_ check: String, _ sentence: String, _ status: ExitStatus) -> Finding {
        Finding(check: check, level: .fault, sentence: sentence, status: status)
    }

    static func fault(_ check: String, _ failure: any Failure) -> Finding {
        fault(check, failure.description, failure.exitStatus)
    }

    var json: JSON {
        ["check": .string(check), "level": .string(level.rawValue), "sentence": .string(sentence)]
    }
}
