import Testing
import TopologyKit
import Vocabulary
import Wire
import WorkerKit

@Suite("What fails the generation")
struct InvalidFleetTests {
    private func problems(
        _ fleet: [WorkerDeclaration], _ directory: Vocabulary.Directory
    ) throws -> [InvalidFleet.Problem] {
        let fault = try #require(throws: InvalidFleet.self) {
            try Topology(fleet: fleet, directory: directory)
        }
        return fault.problems
    }

    @Test("An event that nobody hears and that is not final is named")
    func unheard() throws {
        let problems = try problems([.init(Orders.self)], directory())
        #expect(problems == [.unheard("orders.order-placed.v1")])
        #expect(
            problems[0].description
                == "event orders.order-placed.v1 is heard by no worker; let one hear it, or declare it final")
    }

    @Test("A hearer of an old version does not hear the new one")
    func unheardVersion() throws {
        #expect(
            try problems([.init(NewOrders.self), .init(Billing.self)], directory())
                == [.unheard("orders.order-placed.v2")])
    }

    @Test("A reader of a version that nobody writes yet may be deployed first")
    func readerFirst() throws {
        let topology = try Topology(fleet: [.init(Orders.self), .init(Ahead.self)], directory: directory())
        let heard = topology.bindings.filter { $0.queue == "baton.ahead" && $0.exchange == .events }
        #expect(heard.map(\.key) == ["orders.order-placed"])
    }

    @Test("An event that nobody publishes is named with its hearer")
    func unpublished() throws {
        let problems = try problems([.init(Billing.self)], directory())
        #expect(problems == [.unpublished("orders.order-placed.v1", hearer: "billing", meant: nil)])
        #expect(
            problems[0].description
                == "event orders.order-placed.v1, which billing hears, is published by no worker; "
                + "list it among the events of orders")
    }

    @Test("A team that is asked and not in the directory is named, with the one that may be meant")
    func unknownTeam() throws {
        let problems = try problems(
            [.init(Orders.self), .init(Billing.self)], directory(frontDesk: "front-desks"))
        #expect(problems == [.unknownTeam("front-desk", asker: "orders", meant: "front-desks")])
        #expect(
            problems[0].description
                == #"team "front-desk", which orders asks, is not in the directory; did you mean "front-desks"?"#
        )
    }

    @Test("A process that two workers start is named with both")
    func startedTwice() throws {
        #expect(
            try problems([.init(Rival.self), .init(Orders.self), .init(Billing.self)], directory())
                == [.startedTwice("ordering", by: ["orders", "rival"])])
    }

    @Test("A starter of what nobody starts is named, with the process that may be meant")
    func unknownProcess() throws {
        let users = "[{name: clerk, team: front-desk, roles: starter of odering}]"
        #expect(
            try problems([.init(Orders.self), .init(Billing.self)], directory(users: users))
                == [.unknownProcess("odering", starter: "clerk", meant: "ordering")])
    }

    @Test("A user with a worker's name is refused, for it would share its login")
    func namedLikeWorker() throws {
        let users = "[{name: billing, roles: operator}]"
        #expect(
            try problems([.init(Orders.self), .init(Billing.self)], directory(users: users))
                == [.namedLikeWorker("billing")])
    }

    @Test("A user with the ledger's name is refused too")
    func namedLikeLedger() throws {
        let users = "[{name: ledger, roles: operator}]"
        #expect(
            try problems([.init(Orders.self), .init(Billing.self)], directory(users: users))
                == [.namedLikeWorker("ledger")])
    }

    @Test("A worker whose queue has another's name is refused")
    func queueTwice() throws {
        #expect(try problems([.init(Unheard.self)], directory()) == [.queueTwice("baton.unheard")])
    }

    @Test(
        "A process whose irreversible steps two workers own is named with both, since neither could judge a withdrawal"
    )
    func severalIrreversibleOwners() throws {
        let problems = try problems([.init(Sawmill.self)], directory())
        #expect(problems == [.severalIrreversibleOwners("felling", ["forester", "sawmill"])])
        #expect(
            problems[0].description
                == "process \"felling\" has irreversible steps of forester and sawmill; one worker must own them all, "
                + "for it decides whether a withdrawal comes too late")
    }

    @Test("A message of a worker's own must not be called like one that every worker has")
    func reservedName() throws {
        let problems = try problems([.init(Namesake.self)], directory())
        #expect(
            problems == [.reservedName("namesake.handoff-clock.v1"), .reservedName("namesake.withdraw.v1")])
        #expect(
            problems[1].description
                == "message namesake.withdraw.v1 has a name that every worker has already for something else; rename it"
        )
    }

    @Test("Everything wrong is told at once")
    func all() throws {
        let problems = try problems(
            [.init(Orders.self), .init(Rival.self)],
            directory(frontDesk: "desk", users: "[{name: rival, roles: operator}]"))
        #expect(problems.count == 4)
    }
}
