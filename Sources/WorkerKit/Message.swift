public import Vocabulary

/// Something that travels as JSON and has one owner: the worker that defines, and alone may send, what it
/// means.
///
/// A message's type on the wire is `<owner>.<name>.v<version>`. A field added within a version is optional;
/// whatever else changes is a new version beside the old one.
public protocol Message: Codable, Equatable, Sendable {
    /// The messages of the worker that owns this one.
    associatedtype Owner: MessageSet

    /// The kebab-case name within its owner, such as `subscription-cancelled`.
    static var name: String { get }

    /// The version of this shape, from 1.
    static var version: Int { get }
}

extension Message {
    /// The version of a message that never changed.
    public static var version: Int { 1 }

    /// The type as it stands on the wire.
    public static var type: MessageType { MessageType(declared: name, of: Owner.worker, version: version) }
}

extension MessageType {
    /// The type of a declared message; a name that is not kebab-case is a mistake in its declaration.
    init(declared name: String, of owner: WorkerName, version: Int) {
        guard let type = MessageType(owner: owner, name: name, version: version) else {
            preconditionFailure("\(owner) declares \"\(name)\" version \(version), which is no message name")
        }
        self = type
    }
}

/// All that one worker sends and all that is sent to it by people, as a declared list.
///
/// What a closure publishes cannot be read off it, so the list is the source of the worker's permissions,
/// schemas and bindings, and the engine refuses to send what does not stand in it.
public protocol MessageSet: Sendable {
    /// The worker that owns these messages.
    static var worker: WorkerName { get }

    /// The processes whose home this worker is.
    static var outlines: [Outline] { get }

    /// The commands people send to this worker.
    static var commands: [any Command.Type] { get }

    /// The events this worker publishes.
    static var events: [any Event.Type] { get }

    /// The handoffs this worker asks of teams.
    static var handoffs: [any Handoff.Type] { get }

    /// The teams this worker tells something that they need not answer.
    static var tells: [Team] { get }

    /// The effects this worker has done outside.
    static var effects: [any Effect.Type] { get }
}

extension MessageSet {
    /// A worker that is no process's home.
    public static var outlines: [Outline] { [] }
    /// A worker that takes no commands.
    public static var commands: [any Command.Type] { [] }
    /// A worker that publishes nothing.
    public static var events: [any Event.Type] { [] }
    /// A worker that asks nobody.
    public static var handoffs: [any Handoff.Type] { [] }
    /// A worker that tells no team anything but what it asks.
    public static var tells: [Team] { [] }
    /// A worker that does nothing outside.
    public static var effects: [any Effect.Type] { [] }
}

/// What has become true; published by its owner, heard by whoever cares.
public protocol Event: Message {
    /// Whether a process may end with this event, so that no worker needs to hear it. Default: `false`.
    static var isFinal: Bool { get }
}

extension Event {
    /// An event that some worker hears.
    public static var isFinal: Bool { false }
}

/// What a person asks a worker to do, such as the form that starts a case.
public protocol Command: Message {
    /// Whom the case it starts is about, for lists and titles: a firm's name, a domain.
    var customer: String { get }

    /// Says what in a well-formed command breaks a rule; one finding is enough to refuse it.
    func check(_ checks: inout Checks)
}

extension Command {
    /// A command that its types say everything about.
    public func check(_ checks: inout Checks) {}
}

/// A moment a worker asked to be woken at; it comes back as a message to the worker itself.
public protocol Timer: Message {}

/// Work outside the fleet (a mail, a ticket, a look-up), done after the commit under a key that makes it
/// repeatable.
public protocol Effect: Message {
    /// What doing it brings back.
    associatedtype Outcome: Codable, Equatable, Sendable

    /// How often it is tried before it becomes a dead letter. Default: 12.
    static var attempts: Int { get }

    /// How long one try may take. Default: 30 seconds.
    static var timeout: Duration { get }

    /// The wait before the second try; it doubles from there, up to an hour. Default: 5 seconds.
    static var backoff: Duration { get }

    /// What it is, in a line, such as `Mail "Take the cancellation" to cs-specialists`; without secrets.
    var title: String { get }

    /// The open handoff it is about: once that is answered or taken back, doing it would mislead. Default: `nil`.
    var openHandoff: HandoffID? { get }
}

extension Effect {
    /// With a back-off of five seconds, twelve tries reach over four hours.
    public static var attempts: Int { 12 }
    /// Long enough for a slow mail server.
    public static var timeout: Duration { .seconds(30) }
    /// Short enough for a hiccup.
    public static var backoff: Duration { .seconds(5) }
    /// Work that is as good later.
    public var openHandoff: HandoffID? { nil }
}
