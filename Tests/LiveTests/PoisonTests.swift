import AMQP
import BrokerSupport
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary

extension Live {
    /// A message that takes its worker's process down, on the real thing.
    @Suite(.serialized) struct PoisonTests {
        private static let forms = 300
        private static let taken = "cancellation.subscription-cancelled.v1"

        @Test(
            "One message crashes its worker again and again: none of its neighbours is lost, it becomes a letter, the worker stays up, and its letter is sent back once the fault is mended"
        )
        func poison() async throws {
            try await onThread {
                let broker = try PrivateBroker()
                let fleet = try LiveFleet(["ledger"], on: try broker.broker.makeVirtualHost())
                let traffic = try Traffic(fleet)
                defer { traffic.stop() }
                try fleet["ledger"].start()
                let worker = fleet.service("cancellation", program: "poisoned-worker")
                defer { worker.kill() }
                traffic.send((0..<Self.forms).map { Self.form($0, $0 == 120 ? "poison" : "Harbour Lane") })

                // As a service manager would: it starts what has died.
                var starts = 0
                let deadline = ContinuousClock.now + .seconds(120)
                func isOver() throws -> Bool {
                    try Self.cases(takenIn: traffic.seen.elements).count == Self.forms - 1
                        && fleet.letters().count == 1
                }
                while try !isOver(), ContinuousClock.now < deadline {
                    if !worker.isRunning {
                        starts += 1
                        try worker.start()
                    }
                    _ = traffic.seen.wait(within: .milliseconds(100)) { _ in !worker.isRunning }
                }
                let taken = Self.cases(takenIn: traffic.seen.elements).count
                let log = try worker.log.suffix(2000)
                #expect(taken == Self.forms - 1, "taken: \(taken):\n\(log)")
                #expect((2...4).contains(starts), "it was started \(starts) times")
                let doubled = traffic.doubled
                #expect(doubled.isEmpty, "said under more than one id: \(doubled.prefix(3))")

                let letter = try #require(try fleet.letters(1).first)
                #expect(letter["reason"] == "crash-loop")
                #expect(letter["case"] == "saas-to-local/poison-120")
                #expect(worker.isRunning, "the letter is away, and the worker is up")
                traffic.send([Self.form(Self.forms, "Harbour Lane")])
                #expect(
                    traffic.seen.wait(within: .seconds(120)) {
                        Self.cases(takenIn: $0).count == Self.forms
                    }, "it takes what comes after")

                worker.kill()
                worker.environment = ["ANTIDOTE": "1"]
                try worker.start()
                let redriven = try fleet.follow(try fleet.advice(on: letter, naming: "dead redrive"))
                #expect(redriven.code == 0, "\(redriven.complaint)")
                #expect(
                    traffic.seen.wait(within: .seconds(120)) {
                        Self.cases(takenIn: $0).contains("saas-to-local/poison-120")
                    }, "the letter that was redriven is taken")
                #expect(worker.stop() == 0)
                try fleet.expectEmpty(["baton.cancellation", "baton.cancellation.dead"])
            }
        }

        private static func form(_ number: Int, _ firm: String) -> (message: JSON, key: String) {
            (
                [
                    "specversion": "1.0", "id": .string("poison-\(number)"), "source": "/intake",
                    "type": "cancellation.cancellation-form.v1",
                    "subject": .string("saas-to-local/poison-\(number)"),
                    "data": ["firm": ["name": .string(firm)]],
                ], "start.saas-to-local.intake"
            )
        }

        private static func cases(takenIn sightings: [Sighting]) -> Set<String> {
            Set(sightings.filter { $0.type == taken }.map(\.caseID))
        }
    }
}
