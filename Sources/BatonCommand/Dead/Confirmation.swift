internal import Foundation
internal import Glibc

/// A question that a person says yes or no to.
enum Confirmation {
    /// Whether anybody can be asked: standard input is a terminal.
    static var isPossible: Bool { isatty(STDIN_FILENO) == 1 }

    /// Asks; anything but a yes is a no.
    static func ask(_ question: String) -> Bool {
        Aside.write("\(question) [y/N] ")
        return ["y", "yes"].contains(readLine()?.trimmingCharacters(in: .whitespaces).lowercased())
    }
}
