/// A file or folder that cannot be used as it is.
enum FileFault: Failure, Equatable {
    /// It cannot be read.
    case unreadable(String, why: String)
    /// It cannot be written.
    case unwritable(String, why: String)
    /// Others may read or write a file that may hold a password.
    case exposed(String)
    /// A file that should hold a password holds none.
    case empty(String)

    var description: String {
        switch self {
        case .unreadable(let path, let why): "\(path) cannot be read: \(why)"
        case .unwritable(let path, let why): "\(path) cannot be written: \(why)"
        case .exposed(let path):
            "\(path) may hold a password and is open to others; chmod 600 it, and change the password"
        case .empty(let path): "\(path) should hold a password and is empty; remove it to have one made"
        }
    }

    var exitStatus: ExitStatus {
        switch self {
        case .unwritable: .cannotWrite
        case .unreadable, .exposed, .empty: .badData
        }
    }
}
