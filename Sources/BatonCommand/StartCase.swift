internal import ArgumentParser
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// `baton start`.
struct StartCase: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Starts a case of a process.",
        discussion: """
            Sends the process's command, and waits until the worker has taken or refused it. Sending it again with the \
            same --id is safe: it has its effect once. Exit code 2: it was refused. 75: it is at the broker, and nothing \
            is known of it yet.
            """)

    @Argument(help: .init("The process, such as saas-to-local.", valueName: "process"))
    var process: String

    @OptionGroup var document: DocumentOptions

    @Option(
        name: .customLong("case"),
        help: .init(
            "The case's id, of up to 64 lower-case letters, digits and hyphens. (default: made of the message's id)",
            valueName: "id"))
    var caseName: String?

    @Option(
        help: .init("The command's type, where the process is started by several.", valueName: "type"))
    var type: String?

    @OptionGroup var delivery: DeliveryOptions

    func validate() throws {
        guard !document.isEmpty else {
            throw ValidationError("Say what the command says: --file, \"-\" for standard input, or --set")
        }
    }

    func perform() async throws -> ExitStatus {
        let catalogue = try Catalogue.ofFleet()
        let start = try catalogue.start(of: process)
        let command = try start.command(named: type)
        let draft = try MessageDraft(try document.read(), type: command, isTypeSure: type != nil)
        let data = try draft.data.setting(document.fields, schema: catalogue.schema(of: draft.type))
        guard start.commands.contains(draft.type) else {
            throw CatalogueFault.unknownCommand("\(draft.type)", start.process, known: start.commands)
        }
        let subject = try subject(start.process, draft)
        let id = try draft.id(delivery.sending.id)
        let settings = try delivery.broker.settings()
        let envelope = draft.envelope(id: id, subject: subject, data: data, by: settings.user)
        let dispatch = Dispatch(
            envelope: envelope, key: RoutingKey.start(start.process, by: settings.user.rawValue),
            role: .starter, what: "start \(start.process)", remedy: Dispatch.starterRemedy(start.process))
        try dispatch.checkSize()
        return try await delivery.deliver(by: settings) { _ in dispatch }
    }

    /// The case that the arguments name, which must be the envelope's where that names one too.
    private func subject(_ process: ProcessName, _ draft: MessageDraft) throws(DocumentFault) -> CaseID? {
        var named: CaseID?
        if let caseName {
            named = CaseID(process: process, id: caseName)
            guard named != nil else { throw .caseID(caseName) }
        }
        guard let subject = draft.subject else { return named }
        guard subject.process == process else {
            throw .envelope("its subject is \(subject), which is no case of \(process)")
        }
        guard named == nil || named == subject else {
            throw .envelope("its subject is \(subject), but --case says \(caseName ?? "")")
        }
        return subject
    }
}
