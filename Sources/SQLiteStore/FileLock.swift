import Engine
import Glibc

/// A file that one process at a time holds; the kernel lets go of it when the process ends, however it ends.
///
/// It stands beside what it guards and is never removed: a lock on a file that others replace guards nothing.
final class FileLock {
    private let descriptor: CInt

    /// Takes the lock, or says at once that another holds it.
    init(guarding path: String) throws(StoreError) {
        let file = path + ".lock"
        descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, Limits.fileMode)
        guard descriptor >= 0 else { throw .system("open the lock \(file)", errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(descriptor)
            guard reason == EWOULDBLOCK else { throw .system("lock \(file)", reason) }
            throw .unusable(
                "the store \(path) is in use: another process holds \(file); "
                    + "stop that worker first, a store belongs to one process")
        }
    }

    deinit {
        // A child that is just being started has the descriptor, too, and would hold the lock until it is another program.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

extension StoreError {
    /// A system call failed: for good where a path or a permission is wrong, else for now.
    static func system(_ intent: String, _ code: CInt) -> StoreError {
        let sentence = "cannot \(intent): \(String(cString: strerror(code)))"
        return switch code {
        case ENOENT, ENOTDIR, EACCES, EPERM, EISDIR, ELOOP, ENAMETOOLONG, EROFS:
            .unusable("\(sentence); the folder must exist and belong to the worker's user")
        default: .unavailable("\(sentence); it is tried again")
        }
    }
}
