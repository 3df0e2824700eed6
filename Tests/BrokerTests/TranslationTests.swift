import AMQP
import Engine
import RabbitMQBroker
import Testing
import Wire

@Suite("What RabbitMQ hands over is read so that it can be kept") struct TranslationTests {
    @Test("A NUL character is replaced wherever AMQP carries one")
    func nul() {
        let nul = "a\0b"
        var delivered = Delivered(tag: 1, isRedelivered: false, exchange: nul, routingKey: nul)
        delivered.properties.messageID = nul
        delivered.properties.headers = [
            (Header.why.rawValue, .text(nul)),
            (
                "x-death",
                .list([
                    .table([
                        "queue": .text(nul), "exchange": .text(nul), "reason": .text(nul),
                        "routing-keys": .list([.text(nul)]),
                    ])
                ])
            ),
        ]
        let read = Delivery(delivered)
        let kept = "a\u{FFFD}b"
        #expect(
            read
                == Delivery(
                    tag: 1, exchange: kept, routingKey: kept,
                    properties: MessageProperties(messageID: kept, headers: [.why: kept]), body: [],
                    returns: 0,
                    death: Death(queue: kept, exchange: kept, routingKey: kept, reason: kept)))
    }
}
