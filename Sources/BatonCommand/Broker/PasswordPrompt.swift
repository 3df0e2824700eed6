internal import Glibc

/// Asks for a password on the terminal, without showing it.
enum PasswordPrompt {
    /// Asks; `nil` where there is no terminal, or nothing was given.
    ///
    /// It speaks to the terminal itself, for standard input may be a message.
    static func read(user: String) -> String? {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var usual = termios()
        guard tcgetattr(terminal, &usual) == 0 else { return nil }
        var silent = usual
        // Without signals too: one that ended the program here would leave the terminal silent.
        silent.c_lflag &= ~tcflag_t(ECHO | ISIG | ICANON)
        guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else { return nil }
        defer { tcsetattr(terminal, TCSAFLUSH, &usual) }
        write("Password of \(user): ", to: terminal)
        defer { write("\n", to: terminal) }
        return line(from: terminal)
    }

    private static func line(from terminal: Int32) -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < Limits.passwordFileBytes, Glibc.read(terminal, &byte, 1) == 1 {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return String(decoding: bytes, as: UTF8.self)
            case Key.interrupt, Key.end: return nil
            case Key.erase, Key.backspace: _ = bytes.popLast()
            case Key.kill: bytes = []
            default: bytes.append(byte)
            }
        }
        return nil
    }

    /// What the keys send that a terminal understands by itself otherwise.
    private enum Key {
        static let interrupt: UInt8 = 0x03
        static let end: UInt8 = 0x04
        static let backspace: UInt8 = 0x08
        static let kill: UInt8 = 0x15
        static let erase: UInt8 = 0x7F
    }

    private static func write(_ text: String, to terminal: Int32) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(terminal, bytes, bytes.count)
    }
}
