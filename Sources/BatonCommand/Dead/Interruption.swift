internal import Dispatch
internal import Glibc

/// Says something where Ctrl-C ends the program, which then ends by that signal as shells expect.
struct Interruption {
    private let source: any DispatchSourceSignal

    /// Watches from now on.
    init(saying sentence: String) {
        signal(SIGINT, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler {
            Aside.write("\n\(sentence)\n")
            signal(SIGINT, SIG_DFL)
            kill(getpid(), SIGINT)
        }
        source.resume()
    }

    /// Watches no longer.
    func end() {
        source.cancel()
        signal(SIGINT, SIG_DFL)
    }
}
