internal import ArgumentParser
internal import StrictJSON
internal import Vocabulary
internal import WorkerKit

extension ProcessName {
    /// Reads what is given as `--process`: one of the fleet's own; `nil` for none.
    ///
    /// - Throws: `ValidationError` where the fleet has no such process, with the one that was probably meant.
    init?(option: String?, among fleet: [WorkerDeclaration]) throws {
        guard let option else { return nil }
        let known = Set(fleet.flatMap(\.outlines).map(\.process.rawValue)).sorted()
        guard known.contains(option) else {
            let meant = Spelling.didYouMean(option, among: known).map { "; did you mean \($0)?" }
            throw ValidationError(
                "--process must be one of \(known.joined(separator: ", ")), not \"\(option)\"\(meant ?? "")")
        }
        self.init(rawValue: option)
    }
}
