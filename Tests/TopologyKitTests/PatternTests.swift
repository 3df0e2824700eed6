import Testing

@testable import TopologyKit

@Suite("Patterns of permissions and policies")
struct PatternTests {
    static let names = ["start.ordering.clerk", "answer.front-desk.orders"]

    @Test("A pattern matches each of its names", arguments: names)
    func matchesItsNames(name: String) throws { #expect(try matches(Pattern.exactly(Self.names), name)) }

    @Test(
        "A pattern matches nothing near its names",
        arguments: [
            "", "startXordering.clerk", "start.orderingXclerk", "start.ordering.clerks",
            "start.ordering.clerk\n",
            "restart.ordering.clerk", "start.ordering.cler", "start.ordering.", "start.ordering.clerk.x",
            "start.ordering.clerk|answer.front-desk.orders", "answer.front-desk.order",
            "x\nstart.ordering.clerk",
        ])
    func matchesNothingElse(name: String) throws {
        #expect(try !matches(Pattern.exactly(Self.names), name))
        #expect(try !matches(Pattern.exactly([Self.names[0]]), name))
    }

    @Test("The pattern of no names matches no name", arguments: ["x", "baton.events", "amq.default", "^$"])
    func nothing(name: String) throws { #expect(try !matches(Pattern.exactly([]), name)) }
}
