import Foundation
import StrictJSON
import Testing
import TopologyKit
import Wire
import WorkerKit

@Suite("What is generated for a fleet")
struct GenerationTests {
    @Test("Each worker has a queue and one for its dead letters, and each team reached by queue has one")
    func queues() throws {
        #expect(
            try toyTopology().queues == [
                "baton.billing", "baton.billing.dead", "baton.ledger", "baton.ledger.dead", "baton.orders",
                "baton.orders.dead", "baton.team.front-desk", "baton.unheard",
            ])
    }

    @Test(
        "A worker hears what starts or takes back its cases, what answers it, the events it names and its own letters; the ledger the rest"
    )
    func bindings() throws {
        let bindings = try toyTopology().bindings.map { "\($0.queue) ← \($0.exchange.rawValue) \($0.key)" }
        #expect(
            bindings == [
                "baton.billing ← baton.events orders.order-placed",
                "baton.billing ← baton.redrive billing",
                "baton.billing.dead ← baton.dead billing",
                "baton.ledger ← baton.commands operate.ledger.*",
                "baton.ledger ← baton.dead #",
                "baton.ledger ← baton.events billing.bill-sent",
                "baton.ledger ← baton.questions #",
                "baton.ledger ← baton.records #",
                "baton.ledger ← baton.redrive ledger",
                "baton.ledger ← baton.unheard #",
                "baton.ledger.dead ← baton.dead ledger",
                "baton.orders ← baton.commands answer.front-desk.orders",
                "baton.orders ← baton.commands start.ordering.*",
                "baton.orders ← baton.commands withdraw.ordering.*",
                "baton.orders ← baton.redrive orders",
                "baton.orders.dead ← baton.dead orders",
                "baton.team.front-desk ← baton.handoffs front-desk.orders",
                "baton.unheard ← baton.unheard #",
            ])
    }

    @Test("Each user may write and read what its part in the fleet needs")
    func users() throws {
        let rights = try toyTopology().users.map { user in
            let writes = user.writes.flatMap { grant in grant.keys.map { "\(grant.exchange.rawValue) \($0)" }
            }
            return "\(user.name): \(writes.joined(separator: ", ")); \(user.reads.joined(separator: ", "))"
        }
        #expect(
            rights == [
                """
                billing: baton.events billing.bill-sent, baton.dead billing, baton.records billing; \
                baton.billing
                """,
                """
                chief: baton.commands operate.ledger.{username}, baton.questions operator.{username}; \

                """,
                """
                clerk: baton.commands start.ordering.{username}, baton.commands withdraw.ordering.{username}, \
                baton.questions starter.{username}; 
                """,
                """
                desk: baton.commands answer.front-desk.orders, baton.questions team.{username}; \
                baton.team.front-desk
                """,
                """
                ledger: baton.dead ledger, baton.redrive billing, baton.redrive ledger, baton.redrive orders; \
                baton.billing.dead, baton.ledger, baton.ledger.dead, baton.orders.dead, baton.unheard
                """,
                "office: baton.questions team.{username}; ",
                """
                orders: baton.events orders.order-placed, baton.handoffs front-desk.orders, baton.dead orders, \
                baton.records orders; baton.orders
                """,
            ])
    }

    @Test(
        "A team with a queue hears when a form of its own people is refused, though nobody asks it anything")
    func refusals() throws {
        let users = "[{name: clerk, team: front-desk, roles: starter of ordering}]"
        let orders = try Topology(
            fleet: [.init(Orders.self), .init(Billing.self)], directory: directory(users: users))
        #expect(
            orders.bindings.contains { $0.queue == "baton.team.front-desk" && $0.key == "front-desk.orders" })
        #expect(!orders.bindings.contains { $0.key == "front-desk.billing" })
    }

    @Test("Exactly one policy applies to each queue, whatever the workers and teams are called")
    func onePolicyEach() throws {
        let topology = try toyTopology()
        for queue in topology.queues {
            let policies = try topology.policies.filter {
                try $0.target == .queues && matches($0.pattern, queue)
            }
            #expect(policies.map(\.name) == [queue])
        }
        for exchange in topology.exchanges {
            let policies = try topology.policies.filter {
                try $0.target == .exchanges && matches($0.pattern, exchange.rawValue)
            }
            #expect(policies.map(\.name) == (exchange == .unheard ? [] : ["baton.*"]))
        }
    }

    @Test("A worker's queue has everything that at-least-once dead-lettering needs")
    func deadLettering() throws {
        let policy = try #require(try toyTopology().policies.first { $0.name == "baton.orders" })
        #expect(
            policy.definition == [
                "dead-letter-exchange": "baton.dead", "dead-letter-routing-key": "orders",
                "dead-letter-strategy": "at-least-once", "delivery-limit": 20,
                "max-length-bytes": 1_073_741_824,
                "overflow": "reject-publish",
            ])
    }

    @Test(
        "No message in a queue that people look into is ever dropped for being looked at",
        arguments: ["baton.orders.dead", "baton.ledger.dead", "baton.team.front-desk", "baton.unheard"])
    func hugeDeliveryLimit(queue: String) throws {
        let policy = try #require(try toyTopology().policies.first { $0.name == queue })
        #expect(policy.definition["delivery-limit"] == 1_000_000_000)
        #expect(policy.definition["overflow"] == "reject-publish")
    }

    @Test(
        "Every user has a topic permission on every exchange, for where there is none everything is allowed")
    func topicPermissions() throws {
        let topology = try toyTopology()
        let listed = topology.items.filter { $0.kind == .topicPermission }.map(\.names)
        for user in topology.users {
            for exchange in Exchange.allCases { #expect(listed.contains([user.name, exchange.rawValue])) }
        }
    }

    @Test("The ledger alone may reply, which is write on the default exchange")
    func replying() throws {
        let writers = try toyTopology().items.filter {
            $0.kind == .permission && $0.settings["write"]?.stringValue?.contains("amq") == true
        }
        #expect(writers.map(\.names) == [["ledger"]])
        #expect(writers.first?.settings["write"] == "^(amq\\.default|baton\\.dead|baton\\.redrive)\\z")
    }

    @Test("Nobody may declare anything")
    func configureNothing() throws {
        let permissions = try toyTopology().items.filter { $0.kind == .permission }
        #expect(permissions.count == 7)
        #expect(permissions.allSatisfy { $0.settings["configure"] == "^$" })
    }

    @Test("The definitions hold no password, and nothing that stands for one")
    func noPasswords() throws {
        let text = try toyTopology().definitions().text
        #expect(!text.contains("password"))
        #expect(!text.contains("hash"))
    }

    @Test("The same fleet gives the same files")
    func deterministic() throws {
        let reversed = try Topology(
            fleet: [.init(Billing.self), .init(Orders.self)], directory: directory(users: everyone))
        #expect(try reversed.files == toyTopology().files)
    }

    @Test("Every message on the wire has a schema file of its own")
    func schemas() throws {
        #expect(
            try toyTopology().files.map(\.path) == [
                "definitions.json", "schemas/billing.bill-sent.v1.json",
                "schemas/orders.accept.v1.json", "schemas/orders.decline.v1.json",
                "schemas/orders.escalation.v1.json", "schemas/orders.order-placed.v1.json",
                "schemas/orders.place-order.v1.json", "schemas/orders.refusal.v1.json",
                "schemas/orders.reminder.v1.json", "schemas/orders.revocation.v1.json",
                "schemas/orders.sign-order-answer.v1.json", "schemas/orders.sign-order.v1.json",
                "schemas/orders.withdraw.v1.json",
            ])
    }
}

func matches(_ pattern: String, _ text: String) throws -> Bool {
    let expression = try NSRegularExpression(pattern: pattern)
    return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
}
