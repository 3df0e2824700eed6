internal import StrictJSON

/// Why a user's password is not renewed.
enum RotationFault: Failure, Equatable {
    /// There is no folder for the new one.
    case nowhere(String)
    /// Neither workers nor directory have such a user.
    case unknown(String, known: [String])

    var description: String {
        switch self {
        case .nowhere(let user):
            "the password of \(user) is not renewed, since --passwords names no folder for the new one"
        case .unknown(let user, let known):
            "there is no user \"\(user)\" in fleet and directory"
                + (Spelling.didYouMean(user, among: known).map { "; did you mean \($0)?" } ?? "")
        }
    }

    var exitStatus: ExitStatus { .usage }
}
