import Testing
import Wire

@Suite struct MessagePropertiesTests {
    @Test(
        "A count that a header says is read where somebody can have reached it",
        arguments: [
            ("1", 1), ("1000000", 1_000_000), ("0", nil), ("-1", nil), ("1000001", nil),
            ("9223372036854775807", nil), ("9223372036854775808", nil), ("one", nil), ("", nil),
        ] as [(String, Int?)])
    func counted(said: String, count: Int?) {
        let properties = MessageProperties(headers: [.redrive: said])
        #expect(properties.count(.redrive) == count)
        #expect(properties.count(.attempts) == nil)
    }

    @Test("Something may not have happened yet")
    func never() {
        #expect(MessageProperties(headers: [.attempts: "0"]).count(.attempts, from: 0) == 0)
    }
}
