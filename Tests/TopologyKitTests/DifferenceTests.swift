import Testing
import TopologyKit
import WorkerKit

@Suite("What a broker has otherwise")
struct DifferenceTests {
    /// A broker on which a larger fleet was applied: with the worker `ahead`, which is declared no more.
    private func found() throws -> FoundTopology {
        let fleet = try [
            WorkerDeclaration(Orders.self), WorkerDeclaration(Billing.self), WorkerDeclaration(Ahead.self),
        ]
        var found = FoundTopology()
        found.items = try Topology(fleet: fleet, directory: directory(users: everyone)).items
        return found
    }

    @Test("A broker that has what is declared differs in nothing")
    func same() throws {
        var found = FoundTopology()
        found.items = try toyTopology().items
        #expect(try toyTopology().differences(from: found) == [])
    }

    @Test("All of an empty broker differs, in the order in which it is safe to be made")
    func empty() throws {
        let differences = try toyTopology().differences(from: FoundTopology())
        let items = try toyTopology().items
        #expect(
            differences.map(\.item) == Item.Kind.allCases.flatMap { kind in items.filter { $0.kind == kind } }
        )
        #expect(differences.allSatisfy { $0.kind == .missing && $0.byHand == nil })
    }

    @Test("What is undeclared goes in the other order: nothing is routed to a queue when it goes")
    func undeclared() throws {
        let differences = try toyTopology().differences(from: found())
        #expect(differences.allSatisfy { $0.byHand == nil })
        let (undeclared, other) = (
            differences.filter { $0.kind == .undeclared }, differences.filter { $0.kind != .undeclared }
        )
        // The ledger loses its rights to the letters of the worker that goes.
        #expect(other.map(\.item.kind) == [.topicPermission, .permission])
        #expect(other.allSatisfy { $0.item.names.first == "ledger" })
        let order = undeclared.map(\.item.kind)
        #expect(Array(order.prefix { $0 == .binding }).count == 3)
        #expect(order.drop { $0 == .binding } == [.queue, .queue, .policy, .policy, .user])
    }

    @Test("A queue that reported messages stays with its policy, and says how many")
    func messages() throws {
        var found = try found()
        found.messages = ["baton.ahead": 2, "baton.ahead.dead": 0, "baton.orders": 7]
        let kept = try toyTopology().differences(from: found).filter { $0.byHand != nil }
        #expect(
            kept.map(\.description) == [
                """
                queue baton.ahead is not declared; it stays, for it holds 2 messages: move or purge them, and apply \
                again
                """,
                "policy baton.ahead is not declared; it stays with its queue, which is not empty",
            ])
    }
}
