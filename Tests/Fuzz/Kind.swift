import ArgumentParser

/// The kinds of things that Baton reads.
enum Kind: String, CaseIterable, ExpressibleByArgument {
    /// Any JSON.
    case json
    /// The body of a message.
    case envelope
    /// Properties, headers and addresses of a delivery to a worker.
    case headers
    /// Bodies and keys of deliveries to a worker.
    case delivery
    /// Answers to a worker's open handoffs.
    case answer
    /// The `data` of every message there is.
    case form
    /// Deliveries to the ledger: records, letters, questions, commands.
    case ledger
    /// The directory of teams, users, calendars and products.
    case directory
    /// A service's configuration file.
    case configuration
    /// The file of profiles of `baton`.
    case profile
    /// Mail templates, and what is filled into them.
    case template
    /// Ids, names, times, amounts, durations, addresses.
    case word
    /// Traps and delays planted on purpose, to see that they are found; never tried unless named.
    case planted

    /// What reads inputs of this kind.
    private var subject: any Subject.Type {
        switch self {
        case .json: JSONSubject.self
        case .envelope: EnvelopeSubject.self
        case .headers: HeadersSubject.self
        case .delivery: DeliverySubject.self
        case .answer: AnswerSubject.self
        case .form: FormSubject.self
        case .ledger: LedgerSubject.self
        case .directory: DirectorySubject.self
        case .configuration: ConfigurationSubject.self
        case .profile: ProfileSubject.self
        case .template: TemplateSubject.self
        case .word: WordSubject.self
        case .planted: PlantedSubject.self
        }
    }

    /// Its part of a thousand inputs: the less, the more one costs.
    private var weight: Int {
        switch self {
        case .json: 210
        case .envelope: 160
        case .headers: 90
        case .delivery: 90
        case .answer: 90
        case .form: 160
        case .ledger: 10
        case .directory: 10
        case .configuration: 30
        case .profile: 30
        case .template: 4
        case .word: 100
        case .planted: 0
        }
    }

    /// How many inputs each kind has of so many.
    static func shares(of inputs: Int, only: Kind?) -> [(kind: Kind, inputs: Int)] {
        if let only { return [(only, inputs)] }
        let whole = allCases.map(\.weight).reduce(0, +)
        return allCases.map { ($0, inputs * $0.weight / whole) }.filter { $0.inputs > 0 }
    }

    /// Inputs of this kind, to be tried in this process.
    ///
    /// - Parameter scratch: a folder for files that are to be read.
    func stint(seed: UInt64, scratch: String) throws -> any Trying {
        func stint<S: Subject>(_ subject: S.Type) throws -> any Trying {
            Stint(try subject.init(scratch: scratch), kind: self, seed: seed)
        }
        return try stint(subject)
    }
}
