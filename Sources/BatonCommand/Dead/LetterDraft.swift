internal import Foundation
internal import Glibc
internal import LedgerMessages
internal import StrictJSON

/// What a letter is to hold, while a person works on it: in a file of theirs, or in one that is made for it.
struct LetterDraft {
    private let path: String
    /// What was put into the file; `nil` where the person has it.
    private let text: String?
    private let letter: String

    /// Makes a file that only its owner may open, unless the person names one.
    init(of letter: LetterSummary, text: String, file: String?) throws(FileFault) {
        self.letter = letter.id
        if let file {
            (path, self.text) = (file, nil)
            return
        }
        let template = FileManager.default.temporaryDirectory
            .appending(path: "baton-letter-\(letter.shortID)-XXXXXX.json").path
        var name = Array(template.utf8CString)
        let made = mkstemps(&name, Int32(".json".count))
        guard made >= 0 else { throw .unwritable(template, why: String(cString: strerror(errno))) }
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        self.text = "\(text)\n"
        let handle = FileHandle(fileDescriptor: made, closeOnDealloc: true)
        do { try handle.write(contentsOf: Data("\(text)\n".utf8)) } catch {
            throw .unwritable(path, why: error.localizedDescription)
        }
    }

    /// What it says now; `nil` where the person left it as it was.
    func edited() throws -> JSON? {
        if let text {
            try Editor.edit(path, environment: ProcessInfo.processInfo.environment)
            if let now = try? String(contentsOfFile: path, encoding: .utf8), now == text { return nil }
        }
        return try DocumentOptions.document(at: path)
    }

    /// Says where the text is, so that nothing is written twice.
    func keep() {
        guard text != nil else { return }
        Aside.tell("Your text is kept: baton dead edit \(letter) --file '\(path)' … goes on from there.")
    }

    /// Takes the file away, where it was made for this.
    func drop() {
        if text != nil { unlink(path) }
    }
}
