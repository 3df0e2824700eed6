internal import ArgumentParser
internal import StrictJSON

/// How results are told.
struct OutputOption: ParsableArguments {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Option(name: .shortAndLong, help: .init("How to tell the result.", valueName: "format"))
    var output = Format.text

    /// Prints a result for people or for programs.
    func tell(_ lines: [String], _ json: JSON) {
        switch output {
        case .text: lines.forEach { print($0) }
        case .json: print(json.indentedText)
        }
    }
}
