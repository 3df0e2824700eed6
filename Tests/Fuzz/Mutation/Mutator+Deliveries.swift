import AMQP
import StrictJSON
import Wire

extension Mutator {
    /// A delivery whose body is changed, and its address at times.
    mutating func delivery(from examples: [Delivered], bodies: [JSON]) -> Delivered {
        var delivery = pick(examples)
        if let body = try? JSON(parsing: delivery.body) {
            delivery.body = document(body, among: bodies)
        } else {
            delivery.body = bytes(from: [delivery.body])
        }
        if chance(oneIn: 10) { readdress(&delivery, examples) }
        return delivery
    }

    /// A delivery whose headers, properties and address are changed.
    mutating func headed(from examples: [Delivered]) -> Delivered {
        var delivery = pick(examples)
        guard !chance(oneIn: 12) else { return delivery }
        for _ in 0..<changes() {
            switch number(below: 10) {
            case 0: readdress(&delivery, examples)
            case 1, 2: changeProperty(of: &delivery, pick(examples))
            case 3: delivery.isRedelivered.toggle()
            case 4 where !delivery.properties.headers.isEmpty:
                delivery.properties.headers.remove(at: number(below: delivery.properties.headers.count))
            case 5: delivery.properties.headers += pick(examples).properties.headers
            default:
                let name = pick(Self.headerNames)
                let known = delivery.properties.headers.first { $0.name == name }?.value
                if chance(oneIn: 2) { delivery.properties.headers.removeAll { $0.name == name } }
                delivery.properties.headers.append((name, headerValue(name, known)))
            }
        }
        return delivery
    }

    private static let headerNames =
        Header.allCases.map(\.rawValue) + ["x-death", "x-delivery-count", "x-first-death-queue", "CC", ""]

    private mutating func headerValue(_ name: String, _ known: HeaderValue?) -> HeaderValue {
        switch number(below: 8) {
        case 0: .integer(pick([0, 1, -1, .max, .min, 1_000_000]))
        case 1: .boolean(chance(oneIn: 2))
        case 2, 3: .list([.table(death()), .table(death())])
        case 4:
            (0..<length(atMost: 100)).reduce(.text("deep")) { inner, level in
                level % 2 == 0 ? .list([inner]) : .table(["x-death": inner])
            }
        case 5:
            if case .text(let text)? = known {
                .text(self.text(from: [text]))
            } else {
                .text(pick(Odd.texts))
            }
        default: .text(pick(Odd.texts))
        }
    }

    private mutating func death() -> [String: HeaderValue] {
        var death: [String: HeaderValue] = [
            "queue": .text(pick(["baton.cancellation", "baton.cancellation.dead", pick(Odd.texts)])),
            "exchange": .text(pick(Exchange.allCases).rawValue), "reason": .text("delivery_limit"),
            "routing-keys": .list([.text(pick(Self.keys))]), "count": .integer(pick([0, 1, .max])),
        ]
        if chance(oneIn: 4) { death[pick(["queue", "exchange", "routing-keys"])] = .list([]) }
        return death
    }

    private static let keys = [
        "cancellation", "start.saas-to-local.intake", "withdraw.saas-to-local.intake",
        "answer.cs-specialists.cancellation",
        "operate.cancellation.intake", "operate.ledger.chief", "operator.chief", "ledger", "start..", "a.b",
        "",
    ]

    private mutating func readdress(_ delivery: inout Delivered, _ examples: [Delivered]) {
        let other = pick(examples)
        switch number(below: 4) {
        case 0: delivery.exchange = chance(oneIn: 4) ? pick(Odd.texts) : pick(Exchange.allCases).rawValue
        case 1: delivery.routingKey = text(from: [delivery.routingKey] + Self.keys)
        case 2: delivery.routingKey = other.routingKey
        default: (delivery.exchange, delivery.routingKey) = (other.exchange, other.routingKey)
        }
    }

    private mutating func changeProperty(of delivery: inout Delivered, _ other: Delivered) {
        let text = chance(oneIn: 3) ? nil : pick(Odd.texts)
        switch number(below: 7) {
        case 0: delivery.properties.messageID = text
        case 1: delivery.properties.type = text
        case 2: delivery.properties.correlationID = text
        case 3: delivery.properties.replyTo = text
        case 4: delivery.properties.appID = text
        case 5: delivery.properties.timestampSeconds = pick([nil, 0, -1, .max, .min, 1_772_532_000])
        default: delivery.properties = other.properties
        }
    }
}
