import Testing
import Vocabulary

@testable import AMQP

@Suite struct FlightTests {
    @Test("Confirms in any order, single and multiple, take each publication out exactly once")
    func anyOrder() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<200 {
            var flight = Flight()
            var taken: [Int64] = []
            var sent: Int64 = 0
            while taken.count < 5_000 {
                for _ in 0..<Int.random(in: 0...400, using: &generator) where sent < 5_000 {
                    sent += 1
                    flight.add(Attempt(.numbered(sent)), at: .seconds(sent))
                }
                guard sent > 0 else { continue }
                // Also numbers that were confirmed before, or were never sent.
                let number = UInt64.random(in: 0...UInt64(sent) + 2, using: &generator)
                let isMultiple = Int.random(in: 0..<20, using: &generator) == 0
                taken += flight.take(number, multiple: isMultiple).map(\.publication.token)
                if sent == 5_000 { taken += flight.take(5_000, multiple: true).map(\.publication.token) }
                #expect(flight.count == Int(sent) - taken.count)
            }
            #expect(taken.sorted() == Array(1...5_000))
            #expect(flight.isEmpty)
        }
    }

    @Test("The oldest one is the first sent that is not confirmed")
    func oldest() {
        var flight = Flight()
        #expect(flight.oldest == nil)
        for number in 1...3 { flight.add(Attempt(.numbered(Int64(number))), at: .seconds(number)) }
        _ = flight.take(2, multiple: false)
        #expect(flight.oldest == .seconds(1))
        _ = flight.take(1, multiple: false)
        #expect(flight.oldest == .seconds(3))
        #expect(flight.takeAll().map(\.publication.token) == [3])
        #expect(flight.oldest == nil)
    }
}

extension Publication {
    fileprivate static func numbered(_ token: Int64) -> Publication {
        Publication(token: token, exchange: "", routingKey: "", properties: Properties(), body: [])
    }
}
