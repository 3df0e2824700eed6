import Engine
import Ledger
import RabbitMQBroker

extension LetterVisitor: LetterQueues {
    /// What the pass has to tell.
    package func events(waitingAtMost wait: Duration, batch: Int) -> [PassEvent] {
        let visit = visit(waitingAtMost: wait, batch: batch)
        return visit.letters.map { .letter($0) } + [visit.end].compactMap { $0.map(PassEvent.init) }
    }
}

extension PassEvent {
    fileprivate init(_ end: LetterVisit.End) {
        switch end {
        case .whole: self = .end(isWhole: true)
        case .partial: self = .end(isWhole: false)
        case .brokenOff(let why): self = .lost(why)
        }
    }
}
