import Testing
import Vocabulary
import Wire

@Suite("Exchange and key prove where a message came from")
struct RoutingTests {
    @Test(
        "What Baton writes it reads back",
        arguments: [
            (
                Exchange.commands, RoutingKey.start("saas-to-local", by: "intake"),
                Origin.start("saas-to-local", by: "intake")
            ),
            (.commands, RoutingKey.answer(from: "ems", to: "ordering"), .answer(from: "ems", to: "ordering")),
            (
                .events, MessageType("cancellation.subscription-cancelled.v1").routingKey,
                .event(owner: "cancellation")
            ),
            (.redrive, "cancellation", .redriven),
        ])
    func origins(exchange: Exchange, key: String, origin: Origin) {
        #expect(Origin(exchange: exchange.rawValue, routingKey: key) == origin)
    }

    @Test("By the default exchange comes only what was sent back")
    func defaultExchange() {
        #expect(Origin(exchange: "", routingKey: "baton.cancellation") == .redriven)
    }

    @Test(
        "Any other key is nobody's",
        arguments: [
            ("baton.commands", ""), ("baton.commands", "start"), ("baton.commands", "start.saas-to-local"),
            ("baton.commands", "start.saas-to-local.intake.more"), ("baton.commands", "start..intake"),
            ("baton.commands", "start.SaaS.intake"), ("baton.commands", "begin.saas-to-local.intake"),
            ("baton.commands", "answer.cs specialists.cancellation"), ("baton.commands", "answer.ems."),
            ("baton.events", "cancellation"), ("baton.events", "cancellation.subscription-cancelled.v1"),
            ("baton.events", ".subscription-cancelled"), ("baton.handoffs", "ems"),
            ("baton.records", "ordering.more"), ("baton.questions", "boss.ada"),
            ("baton.dead", "cancellation"), ("amq.topic", "start.saas-to-local.intake"),
        ])
    func strangers(exchange: String, key: String) {
        #expect(Origin(exchange: exchange, routingKey: key) == nil)
    }

    @Test("A sender is named with its kind, so that no user is taken for a team")
    func senders() {
        #expect(Origin.start("saas-to-local", by: "ems").sender?.description == "user:ems")
        #expect(Origin.answer(from: "ems", to: "ordering").sender?.description == "team:ems")
        #expect(Origin.event(owner: "ordering").sender?.description == "worker:ordering")
        #expect(Origin.redriven.sender == nil)
    }

    @Test("Queues are named for what takes from them")
    func queues() {
        #expect(QueueName.worker("cancellation") == "baton.cancellation")
        #expect(QueueName.dead("cancellation") == "baton.cancellation.dead")
        #expect(QueueName.team("cs-specialists") == "baton.team.cs-specialists")
    }
}
