import Testing
import Vocabulary

@Suite("Money")
struct MoneyTests {
    @Test(
        "An amount has exactly two decimals",
        arguments: ["0.00", "157.08", "-3.50", "-0.01", "999999999999.99"])
    func texts(text: String) throws {
        #expect(try Money(text).description == text)
    }

    @Test(
        "Other spellings of an amount are refused",
        arguments: [
            "", "1", "1.5", "1.505", ".50", "1.", "01.00", "+1.00", "-0.00", "1,00", "1.00 ", "$1.00",
            "1e2.00", "--1.00",
            "1000000000000.00", "99999999999999999999.00",
        ])
    func badTexts(text: String) {
        #expect(Money(rawValue: text) == nil)
    }

    @Test("A yearly price less the months used comes out to the cent")
    func proRata() throws {
        let discount = try ("70.79" as Money).scaled(by: 2, over: 12)
        #expect(discount == "11.80")
        #expect("168.88" - discount == "157.08")
    }

    @Test(
        "A fraction is rounded once, half up",
        arguments: [
            ("0.01", 1, 2, "0.01"), ("0.01", 1, 3, "0.00"), ("0.02", 1, 3, "0.01"), ("0.05", 1, 10, "0.01"),
            ("-0.01", 1, 2, "0.00"), ("-0.03", 1, 2, "-0.01"), ("-0.02", 1, 3, "-0.01"),
            ("1.00", -1, 3, "-0.33"),
            ("100.00", 7, 7, "100.00"), ("100.00", 0, 7, "0.00"),
        ] as [(Money, Int, Int, Money)])
    func rounding(amount: Money, numerator: Int, denominator: Int, result: Money) throws {
        #expect(try amount.scaled(by: numerator, over: denominator) == result)
    }

    @Test("The extremes are reckoned exactly or refused, never wrapped")
    func extremes() throws {
        #expect(try Money(hundredths: .max).scaled(by: .max, over: .max) == Money(hundredths: .max))
        #expect(try Money(hundredths: .min).scaled(by: 1, over: 1) == Money(hundredths: .min))
        #expect(throws: MoneyOverflow.self) { try Money(hundredths: .min).scaled(by: .min, over: 1) }
        #expect(throws: MoneyOverflow.self) { try Money(hundredths: .max) * 2 }
        #expect(Money(hundredths: .min).description == "-92233720368547758.08")
    }

    @Test("Amounts are added, subtracted, multiplied and compared exactly")
    func arithmetic() throws {
        #expect(("0.10" as Money) + "0.20" == "0.30")
        #expect(("1.00" as Money) - "1.01" == "-0.01")
        #expect(try ("19.99" as Money) * 3 == "59.97")
        #expect(("-2.00" as Money) < "-1.00")
        #expect(("9.00" as Money) < "10.00")
    }
}
