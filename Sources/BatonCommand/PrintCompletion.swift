internal import ArgumentParser

/// `baton completion`.
struct PrintCompletion: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "completion",
        abstract: "Prints a script that has a shell complete baton's arguments.",
        discussion: """
            For bash: baton completion bash > ~/.local/share/bash-completion/completions/baton
            For zsh:  baton completion zsh > a folder of $fpath, as _baton
            For fish: baton completion fish > ~/.config/fish/completions/baton.fish
            """)

    /// The shells there are scripts for.
    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish

        fileprivate var parserShell: CompletionShell {
            switch self {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        }
    }

    @Argument(help: .init("The shell.", valueName: "shell"))
    var shell: Shell

    func perform() async throws -> ExitStatus {
        print(Baton.completionScript(for: shell.parserShell))
        return .ok
    }
}
