public import Engine
import StrictJSON
public import Vocabulary
import Wire

/// One thing that happened in a rehearsal, seen below everything that could lie: in the store and at the broker.
public enum Happening: Sendable {
    /// The broker took a message.
    case published(Publication)
    /// A worker's store made changes.
    case committed([Change], by: WorkerName)
    /// A worker acknowledged a delivery.
    case acknowledged(Delivery, by: WorkerName)
    /// A worker began to do something outside.
    case attempted(EffectRow, by: WorkerName)
    /// Something was done outside, for a worker.
    case performed(EffectRow, by: WorkerName)
    /// A worker was told that something is done.
    case told(EffectRow, WorkerName)
    /// A run of a worker began, with a directory.
    case began(WorkerName, Directory)
    /// A worker consumes again after a pause; these waited in its queue.
    case consuming(WorkerName, waiting: [Parcel])
    /// A run of a worker is over: it died, or was stopped.
    case left(WorkerName)
    /// Something went wrong, as it was drawn.
    case mishap(String)
}

extension Happening: CustomStringConvertible {
    /// What happened, in a line.
    public var description: String {
        switch self {
        case .published(let publication): "\(publication)"
        case .committed(let changes, let worker):
            "\(worker) commits " + changes.map(\.summary).joined(separator: ", ")
        case .acknowledged(let delivery, let worker):
            "\(worker) acknowledges \(delivery.exchange) \(delivery.routingKey) "
                + (delivery.properties.messageID ?? "(\(delivery.body.count) bytes)")
        case .attempted(let effect, let worker): "\(worker) attempts \(effect.type) \(effect.id)"
        case .performed(let effect, _): "\(effect.type) \(effect.id) is done: \(effect.data.text)"
        case .told(let effect, let worker): "\(worker) is told that \(effect.type) \(effect.id) is done"
        case .began(let worker, _): "\(worker) begins"
        case .consuming(let worker, let waiting): "\(worker) consumes, \(waiting.count) messages wait"
        case .left(let worker): "\(worker) is gone"
        case .mishap(let what): "✗ \(what)"
        }
    }
}

extension Change {
    fileprivate var summary: String {
        switch self {
        case .inbox(let row): "inbox \(row.key) \(row.verdict)"
        case .caseRow(let row): "case \(row.id)"
        case .handoff(let row): "handoff \(row.slot.type) \(row.id) \(row.state)"
        case .timer(let row): "timer \(row.slot.type) at \(row.at)"
        case .timerGone(let slot): "no timer \(slot.type)"
        case .effect(let row): "effect \(row.type) \(row.id)"
        case .effectGone(let id): "no effect \(id)"
        case .early(let row): "early \(row.key)"
        case .earlyGone(let key): "no early \(key)"
        case .directory(let digest): "directory \(digest.prefix(8))"
        case .suspect(let key, let times): "suspect \(key) for the \(times). time"
        case .suspectGone(let key): "no suspect \(key)"
        case .send(let message): "outbox \(message.exchange) \(message.routingKey)"
        case .sent(let numbers): "\(numbers.count) sent"
        }
    }
}
