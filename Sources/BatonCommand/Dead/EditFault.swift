internal import LedgerMessages

/// Why a letter is not sent in another form.
enum EditFault: Failure, Equatable {
    /// It is not what a person said.
    case notEditable(String)
    /// It waits for nobody.
    case notOpen(String, LetterState)
    /// Its worker would not take it in this form.
    case untakable(String)
    /// The editor failed.
    case editor(String)

    var description: String {
        switch self {
        case .notEditable(let letter):
            "letter \(letter) is not what a person said, which alone can be edited: a worker's word is a fact, and no worker "
                + "could tell an edited one from a true one; \"baton dead show \(letter)\" says what to do"
        case .notOpen(let letter, let state):
            "letter \(letter) is \(state.rawValue) and waits for nobody; \"baton dead show \(letter)\" tells how"
        case .untakable(let why): "its worker would not take it like this: \(why); nothing was sent"
        case .editor(let editor): "the editor failed: \(editor); set $VISUAL or $EDITOR, or give --file"
        }
    }

    var exitStatus: ExitStatus {
        switch self {
        case .notEditable, .notOpen, .untakable: .refused
        case .editor: .usage
        }
    }
}
