/// An exact amount, in hundredths of whatever currency the case is in.
///
/// Its text has exactly two decimals: `157.08`. Amounts read from text stay below 10¹² units, so that sums of ninety
/// thousand of them fit; products are checked.
public struct Money: Hashable, Comparable, Sendable {
    /// The amount in hundredths.
    public let hundredths: Int64

    /// Takes an amount in hundredths.
    public init(hundredths: Int64) { self.hundredths = hundredths }

    /// Nothing.
    public static let zero = Money(hundredths: 0)

    /// Orders by amount.
    public static func < (left: Money, right: Money) -> Bool { left.hundredths < right.hundredths }

    /// The sum; beyond 64 bits, which amounts read from text do not reach, it stops the program.
    public static func + (left: Money, right: Money) -> Money {
        Money(hundredths: left.hundredths + right.hundredths)
    }

    /// The difference; beyond 64 bits, which amounts read from text do not reach, it stops the program.
    public static func - (left: Money, right: Money) -> Money {
        Money(hundredths: left.hundredths - right.hundredths)
    }

    /// The amount so many times.
    ///
    /// - Throws: `MoneyOverflow` beyond 64 bits.
    public static func * (amount: Money, count: Int) throws(MoneyOverflow) -> Money {
        try amount.scaled(by: count, over: 1)
    }

    /// The amount times a fraction, exact until it is rounded once, half up (towards the greater amount).
    ///
    /// 70.79 scaled by 2 over 12 is 11.80.
    ///
    /// - Parameters:
    ///   - numerator: any number.
    ///   - denominator: above zero; anything else stops the program.
    /// - Throws: `MoneyOverflow`, if the result is beyond 64 bits.
    public func scaled(by numerator: Int, over denominator: Int) throws(MoneyOverflow) -> Money {
        precondition(denominator > 0, "an amount is divided by \(denominator)")
        let (product, divisor) = (Int128(hundredths) * Int128(numerator), Int128(denominator))
        let isHalfOrMore = product.modulo(divisor) * 2 >= divisor
        guard let result = Int64(exactly: product.floorDivided(by: divisor) + (isHalfOrMore ? 1 : 0)) else {
            throw MoneyOverflow(amount: self, numerator: numerator, denominator: denominator)
        }
        return Money(hundredths: result)
    }
}

/// An amount that became too large to be written.
public struct MoneyOverflow: Error, Equatable, CustomStringConvertible {
    let amount: Money
    let numerator: Int
    let denominator: Int

    /// The reckoning that failed.
    public var description: String { "\(amount) times \(numerator) over \(denominator) is beyond 64 bits" }
}

// MARK: - Text

extension Money: TextValue {
    /// Takes an amount with exactly two decimals and at most twelve digits before them: `157.08`, `-3.50`.
    public init?(rawValue: String) {
        var reader = DigitReader(rawValue)
        let isNegative = reader.take("-")
        guard var units = reader.digit() else { return nil }
        while let digit = reader.digit() {
            // No zero in front, and never beyond the bound.
            guard units > 0, units <= Limits.maxMoneyUnits / 10 else { return nil }
            units = units * 10 + digit
        }
        guard reader.take("."), let cents = reader.number(2), reader.isAtEnd else { return nil }
        let amount = Int64(units * 100 + cents)
        guard !(isNegative && amount == 0) else { return nil }
        hundredths = isNegative ? -amount : amount
    }

    /// The amount as `157.08`.
    public var rawValue: String {
        var writer = DigitWriter()
        if hundredths < 0 { writer.put("-") }
        let size = hundredths.magnitude
        writer.put(Int(size / 100), digits: 1)
        writer.put(".")
        writer.put(Int(size % 100), digits: 2)
        return writer.text
    }

    /// What an amount must be.
    public static var rule: String { "be an amount with two decimals, like \"\(example)\"" }

    /// The same as a pattern.
    public static var pattern: String { "^-?(0|[1-9][0-9]{0,11})\\.[0-9]{2}$" }

    /// An example of one.
    public static var example: String { "157.08" }
}
