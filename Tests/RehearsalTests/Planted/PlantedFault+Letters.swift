import Engine
import Vocabulary
import Wire

// What can go wrong with letters that are sent back.

/// Takes a letter in earnest that was sent back to be tried out.
final class TakesTrials: PassingBroker {
    override func events(waitingAtMost wait: Duration, batch: Int) -> [BrokerEvent] {
        super.events(waitingAtMost: wait, batch: batch).map { event in
            guard case .delivered(let delivery) = event else { return event }
            var properties = delivery.properties
            properties.headers[.trial] = nil
            return .delivered(
                Delivery(
                    tag: delivery.tag, exchange: delivery.exchange, routingKey: delivery.routingKey,
                    properties: properties, body: delivery.body, returns: delivery.returns))
        }
    }
}

/// Takes a letter that was sent back for new, as often as it comes under one number.
final class ForgetsRedriven: PassingStore {
    override func inboxRow(_ key: InboxKey) throws(StoreError) -> InboxRow? {
        key.redrive > 0 ? nil : try super.inboxRow(key)
    }
}

/// Does not tell a team why what it said was refused.
final class SwallowsRefusals: PassingStore {
    override func commit(_ changes: [Change]) throws(StoreError) -> [Int64] {
        try super.commit(
            changes.filter { change in
                guard case .send(let message) = change else { return true }
                return message.properties.type?.hasSuffix(".refusal.v1") != true
            })
    }
}
