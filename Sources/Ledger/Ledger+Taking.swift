import Engine
import LedgerMessages
import Vocabulary
import Wire

/// A question that waits for a verdict.
struct HeldQuestion {
    let inquiry: Inquiry
    let asked: AskVerdict
    /// Whose message it asks about; `nil` for anybody's.
    let sender: Sender?
    /// When it is answered in any case, by the monotonic clock.
    let deadline: Duration
}

extension Ledger {
    /// Records what workers say, acknowledges it, and answers what people ask.
    func take(_ deliveries: [Delivery], at moment: Moment) throws(StoreError) {
        var inquiries: [Inquiry] = []
        for start in stride(from: 0, to: deliveries.count, by: Limits.batch) {
            try settle(
                deliveries[start..<min(start + Limits.batch, deliveries.count)], &inquiries, at: moment)
        }
        for (index, inquiry) in inquiries.enumerated() {
            guard index < Limits.questionsPerBatch, replies.count < Limits.repliesInFlight else {
                emit(.report(.questionDropped(inquiry.user, why: "too many questions at one time")))
                continue
            }
            try answer(inquiry, at: moment)
        }
    }

    private func settle(
        _ deliveries: ArraySlice<Delivery>, _ inquiries: inout [Inquiry], at moment: Moment
    ) throws(StoreError) {
        var batch = Batch()
        var asked: [Inquiry] = []
        var reports: [LedgerReport] = []
        var trials: [(WorkerName, TurnTrial)] = []
        for delivery in deliveries {
            let arrival = intake.read(delivery, at: moment.wall)
            if let heard = SentBack(delivery, arrival) { batch.read.append(heard) }
            switch arrival {
            case .records(let worker, let turns): batch.turns += turns.map { (worker, $0) }
            case .trial(let worker, let trial): trials.append((worker, trial))
            case .inquiry(let inquiry): asked.append(inquiry)
            case .command(let command): batch.commands.append(command)
            case .letter(let letter): batch.letters.append(letter)
            case .pulse(let worker, let pulse):
                if let pulse { batch.pulses.append((worker, .init(pulse, receivedAt: machineTime))) }
            case .finalEvent: break
            case .unreadable(let trouble):
                batch.outgoing.append(Self.letter(of: delivery, because: trouble, at: moment.wall))
                reports.append(.unreadable(key: delivery.routingKey, why: trouble.description))
            }
        }
        do {
            try commit(batch, at: moment)
        } catch .content(let why) {
            guard deliveries.count == 1, let delivery = deliveries.first else {
                // One of them is to blame: each is redone in a transaction of its own.
                for index in deliveries.indices {
                    try settle(deliveries[index...index], &inquiries, at: moment)
                }
                return
            }
            let trouble = Trouble(.unstorable, why)
            reports = [.unreadable(key: delivery.routingKey, why: why)]
            try commit(
                Batch(outgoing: [Self.letter(of: delivery, because: trouble, at: moment.wall)]), at: moment)
        }
        heardOf.formUnion(batch.turns.map(\.turn.heard.id))
        heardOf.formUnion(batch.commands.map(\.id.rawValue))
        for (worker, trial) in trials { hear(trial, of: worker) }
        for report in reports { emit(.report(report)) }
        if let last = deliveries.last { emit(.acknowledge(upTo: last.tag)) }
        inquiries += asked
    }

    // MARK: Questions

    private func answer(_ inquiry: Inquiry, at moment: Moment) throws(StoreError) {
        guard inquiry.replyTo != nil, inquiry.correlationID != nil else {
            let why = "it has no direct reply-to, or neither id nor correlation-id"
            return emit(.report(.questionDropped(inquiry.user, why: why)))
        }
        let answer = try answering.answer(inquiry, at: moment.wall, machineTime: machineTime)
        let (asked, sender): (AskVerdict, Sender?)
        switch answer {
        case .reply: return reply(to: inquiry, answer, at: moment.wall)
        case .trial(let ways): return ask(ways, for: inquiry, at: moment)
        case .hold(let verdict, let whose): (asked, sender) = (verdict, whose)
        }
        guard held.count < Limits.heldQuestions else {
            return reply(to: inquiry, Answering.reply(nil), at: moment.wall)
        }
        held.append(
            HeldQuestion(
                inquiry: inquiry, asked: asked, sender: sender,
                deadline: moment.monotonic + .seconds(asked.waitSeconds)))
    }

    /// Answers held questions whose verdict came with a batch, or whose time is up.
    func settleHeld(at moment: Moment) throws(StoreError) {
        for index in held.indices.reversed() {
            let question = held[index]
            let isTimeUp = moment.monotonic >= question.deadline
            guard isTimeUp || heardOf.contains(question.asked.id.rawValue) else { continue }
            let answer = try answering.verdict(question.asked, of: question.sender)
            guard isTimeUp || answer != nil else { continue }
            held.remove(at: index)
            reply(to: question.inquiry, answer ?? Answering.reply(nil), at: moment.wall)
        }
        heardOf = []
    }

    // MARK: Letters

    /// A dead letter of the ledger's own: what it says, and how it first came.
    private static func letter(of delivery: Delivery, because trouble: Trouble, at now: Timestamp) -> Outgoing
    {
        let first = Intake.addressed(delivery)
        let came = first ?? delivery
        let redrives = first?.properties.count(.redrive) ?? 0
        let digest = Fingerprint.of(delivery.body)
        let identity =
            ["ledger", came.exchange, came.routingKey, digest] + (redrives > 0 ? ["\(redrives)"] : [])
        var headers: [Header: String] = [
            .reason: trouble.kind.rawValue, .why: trouble.description, .at: now.description,
            .exchange: came.exchange, .routingKey: came.routingKey, .redrive: "\(redrives + 1)",
            .digest: digest,
            // Derived, so that a delivery that is read twice makes one letter.
            .letter: Fingerprint.short(identity.joined(separator: "\n")),
        ]
        headers[.sender] = Origin(exchange: came.exchange, routingKey: came.routingKey)?.sender?.rawValue
        headers[.first] = first?.properties.headers[.first]
        var body = delivery.body
        if body.count > Limits.messageBytes {
            headers[.size] = String(body.count)
            body = Array(body.prefix(Limits.excerptBytes))
        }
        return Outgoing(
            exchange: .dead, routingKey: WorkerName.ledger.rawValue,
            properties: MessageProperties(
                messageID: delivery.properties.messageID, type: delivery.properties.type, appID: "baton",
                headers: headers), body: body)
    }
}

extension SentBack {
    /// A letter of the ledger's own that was sent back and could be read; `nil` for any other delivery.
    fileprivate init?(_ delivery: Delivery, _ arrival: Arrival) {
        guard let first = Intake.addressed(delivery),
            let redrive = delivery.properties.count(.redrive)
        else { return nil }
        if case .unreadable = arrival { return nil }
        self.init(
            worker: .ledger, sender: Origin(exchange: first.exchange, routingKey: first.routingKey)?.sender,
            heardID: LetterRow(dead: delivery, at: .distantFuture).heardID, redrive: redrive)
    }
}
