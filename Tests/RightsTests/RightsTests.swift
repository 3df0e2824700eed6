import AMQP
import BrokerSupport
import Testing
import Vocabulary

/// One at a time, for users belong to the whole broker.
@Suite("The rights of workers and people at a real broker", .serialized)
struct RightsTests {
    @Test("Everybody may publish with the keys of the rules, and with no other key to no other exchange")
    func publishing() async throws {
        try await Stage.withStage { stage in
            for user in Rules.users {
                let client = try stage.login(as: user)
                for exchange in Rules.exchanges {
                    let allowed = Rules.publishes[user]?[exchange] ?? []
                    let taken = try Rules.keys.filter { try client.mayPublish(exchange, $0) }
                    #expect(Set(taken) == allowed, "\(user) on \"\(exchange)\"")
                }
                client.close()
            }
        }
    }

    @Test("Everybody may consume from the queues of the rules, and from no other")
    func consuming() async throws {
        try await Stage.withStage { stage in
            for user in Rules.users {
                let client = try stage.login(as: user)
                let given = try Rules.queues.filter { try client.mayConsume($0) }
                #expect(Set(given) == Rules.consumes[user] ?? [], "\(user)")
                client.close()
            }
        }
    }

    @Test("Nobody may declare, bind or delete anything, not even what is there already and its own")
    func configuring() async throws {
        try await Stage.withStage { stage in
            for user in Rules.users {
                let client = try stage.login(as: user)
                for queue in Rules.queues + ["baton.\(user)", "mine", "amq.gen-mine"] {
                    #expect(
                        try !client.may { try $0.declareQueue(queue, on: $1) }, "\(user) declares \(queue)")
                    #expect(try !client.may { try $0.declareQueue(queue, isExclusive: true, on: $1) })
                }
                for queue in Rules.queues {
                    #expect(try !client.may { try $0.deleteQueue(queue, on: $1) }, "\(user) deletes \(queue)")
                    for exchange in Rules.exchanges where !exchange.isEmpty {
                        #expect(
                            try !client.may { try $0.bind(queue, to: exchange, key: "#", on: $1) },
                            "\(user) binds \(queue) to \(exchange)")
                    }
                }
                for exchange in ["baton.events", "baton.mine", "mine"] {
                    #expect(try !client.may { try $0.declareExchange(exchange, on: $1) })
                }
                client.close()
            }
        }
    }

    @Test("A worker may look up its queue and the exchanges it writes to, as it does at its start")
    func lookingUp() async throws {
        try await Stage.withStage { stage in
            for worker in ["cancellation", "ledger", "orders"] {
                let client = try stage.login(as: worker)
                #expect(try client.may { _ = try $0.inspectQueue("baton.\(worker)", on: $1) })
                for exchange in ["baton.events", "baton.handoffs", "baton.dead"] {
                    #expect(try client.may { try $0.inspectExchange(exchange, on: $1) })
                }
                client.close()
            }
        }
    }

    @Test("Somebody who knows a user's name and not its password stays outside")
    func wrongPassword() async throws {
        try await Stage.withStage { stage in
            for password in ["", "guest", "cancellation"] {
                #expect(throws: AMQPError.self) {
                    try Client(stage.host.url(user: "cancellation", password: password), name: "nobody")
                }
            }
        }
    }

    @Test(
        "A name that means something in a pattern is no user's, for the broker fills it in as it is",
        arguments: [
            "a.b", "a*", ".*", "a|b", "a+b", "(a)", "a$", "A", "a_b", "", "a\n", "{username}", "a\\b",
        ])
    func patternInName(name: String) {
        #expect(UserName(rawValue: name) == nil)
    }
}
