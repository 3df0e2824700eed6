internal import Glibc

/// The editor of whoever sits at the terminal.
enum Editor {
    /// Has the person edit a file, and returns when they are done.
    ///
    /// - Throws: ``EditFault/editor(_:)``.
    static func edit(_ path: String, environment: [String: String]) throws(EditFault) {
        let editor =
            ["VISUAL", "EDITOR"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? "vi"
        // It may have arguments of its own; and while it runs, Ctrl-C is for it alone.
        let status = system("\(editor) '\(path.replacing("'", with: #"'\''"#))'")
        guard status == 0 else { throw .editor(editor) }
    }
}
