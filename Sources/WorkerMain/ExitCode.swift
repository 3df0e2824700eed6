import Glibc

/// How the process ends; the units rely on these numbers.
enum ExitCode: Int32 {
    /// It stopped in order, or did what `--help`, `--version` or `--check` ask.
    case stopped = 0
    /// It ended out of order: what it had taken is taken again.
    case failed = 1
    /// Its configuration or store cannot work, now or later: `EX_CONFIG`, after which systemd does not restart it.
    case configuration = 78

    /// Ends the process now, whatever other threads do.
    ///
    /// Nothing is run at exit: what must survive is in the store already.
    func endNow() -> Never { _exit(rawValue) }
}
