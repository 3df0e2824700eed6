import StrictJSON
import Vocabulary
import WorkerKit

/// What a worker declared, by type: its reactions, and what it may publish, ask and run.
struct Registry<W: Worker> {
    private let routes: [ProcessName: [MessageType: Reaction<W>]]
    /// What the worker does in every process.
    private let everywhere: [MessageType: Reaction<W>]
    private let outlines: [ProcessName: Outline]
    private let handoffs: [MessageType: HandoffDeclaration]
    private let effects: [MessageType: EffectDeclaration]
    private let events: Set<MessageType>

    init(_ worker: W.Type) {
        var routes: [ProcessName?: [MessageType: Reaction<W>]] = [:]
        var outlines: [ProcessName: Outline] = [:]
        for part in W.parts {
            let process = part.outline?.process
            if let process { outlines[process] = part.outline }
            for reaction in part.reactions {
                let type = reaction.trigger.type
                let other = routes[process, default: [:]].updateValue(reaction, forKey: type)
                let place = process?.description ?? "every process"
                precondition(other == nil, "\(W.name) reacts twice to \(type) in \(place)")
            }
        }
        everywhere = routes.removeValue(forKey: nil) ?? [:]
        self.routes = Dictionary(
            uniqueKeysWithValues: routes.compactMap { key, value in key.map { ($0, value) } })
        self.outlines = outlines
        handoffs = Self.byType(W.Messages.handoffs.map { HandoffDeclaration($0) }, \.type)
        effects = Self.byType(W.Messages.effects.map { EffectDeclaration($0) }, \.type)
        events = Set(W.Messages.events.map { $0.type })
    }

    private static func byType<Value>(
        _ values: [Value], _ type: KeyPath<Value, MessageType>
    ) -> [MessageType: Value] {
        Dictionary(values.map { ($0[keyPath: type], $0) }) { first, _ in
            preconditionFailure("\(W.name) declares \(first[keyPath: type]) twice")
        }
    }

    // MARK: Looking up

    /// Whether the worker takes part in a process.
    func takesPart(in process: ProcessName) -> Bool { routes[process] != nil }

    /// What the worker knows of a process it takes part in.
    func outline(of process: ProcessName) -> Outline? { outlines[process] }

    /// The reaction to exactly this type; `nil` where the worker has none.
    func reaction(to type: MessageType, in process: ProcessName) -> Reaction<W>? {
        routes[process]?[type] ?? everywhere[type]
    }

    /// Whether the worker reacts to some version of this message.
    func knows(_ type: MessageType, in process: ProcessName) -> Bool {
        guard let reactions = routes[process] else { return false }
        return reactions[type] != nil || reactions.keys.contains { $0.isSame(as: type) }
    }

    /// Finds the reaction to a type that came from outside, and says whether type or version is what is
    /// unknown.
    func find(
        _ type: MessageType, in process: ProcessName, where isRightKind: (Reaction<W>.Trigger) -> Bool
    ) -> Result<Reaction<W>, Trouble> {
        let reactions = routes[process] ?? [:]
        if let reaction = reactions[type], isRightKind(reaction.trigger) {
            return .success(reaction)
        }
        let known = reactions.values.map(\.trigger).filter(isRightKind).map(\.type).sorted()
        if let other = known.last(where: { $0.isSame(as: type) }) {
            return .failure(
                Trouble(
                    .unknownVersion, "type is \(type), but \(W.name) knows version \(other.version) of it"))
        }
        let names = known.map(\.description)
        let hint = Spelling.didYouMean(type.description, among: names) ?? names.first
        return .failure(
            Trouble(
                .unknownType,
                "type is \(type), which \(W.name) does not take here"
                    + (hint.map { "; did you mean \($0)?" } ?? "")))
    }

    /// A handoff's declaration; `nil` where this program asks it no more.
    func handoff(_ type: MessageType) -> HandoffDeclaration? { handoffs[type] }

    /// An effect's declaration; one that this program no longer declares is not tried again.
    func effect(_ type: MessageType) -> EffectDeclaration? { effects[type] }

    // MARK: What a turn may want

    // What is not declared has neither permission nor schema: to want it is a fault of the worker's code.

    func requireEvent(_ type: MessageType) {
        precondition(
            events.contains(type), "\(W.name) publishes \(type), which is not in \(W.Messages.self).events")
    }

    func requireHandoff(_ type: MessageType) {
        precondition(
            handoffs[type] != nil, "\(W.name) hands off \(type), which is not in \(W.Messages.self).handoffs")
    }

    func requireHome(of process: ProcessName) -> Outline {
        guard let outline = outlines[process], outline.home == W.name else {
            preconditionFailure("\(W.name) ends a case of \(process), whose home it is not")
        }
        return outline
    }

    func requireTold(_ team: Team) {
        precondition(
            W.Messages.tells.contains(team),
            "\(W.name) tells \(team), which is not in \(W.Messages.self).tells")
    }

    func requireEffect(_ type: MessageType) {
        precondition(
            effects[type] != nil, "\(W.name) runs \(type), which is not in \(W.Messages.self).effects")
    }
}

extension MessageType {
    /// Whether both are versions of one message.
    func isSame(as other: MessageType) -> Bool { owner == other.owner && name == other.name }
}
