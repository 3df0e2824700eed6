/// Makes a violation short: leaves out whatever goes wrong without need for it.
///
/// Of all that went wrong ever smaller parts are left out (delta debugging), as long as the same seed breaks the same rule
/// with the rest. What is left is a story of a few mishaps; where each of them is needed, the shortest of its kind.
public struct Shrinking {
    private let scenario: Scenario
    private let faults: Faults
    private let planting: Planting
    /// How many histories it plays at most, unless told otherwise: seconds in an optimised build.
    public static let mostTries = 400
    /// Histories played so far.
    public private(set) var tries = 0

    /// Prepares to shrink violations of a scenario.
    ///
    /// - Parameters:
    ///   - scenario: that which was rehearsed.
    ///   - faults: what went wrong in it.
    ///   - planting: what stood between its workers and their seams.
    public init(_ scenario: Scenario, faults: Faults = .rough, planting: @escaping Planting = { ($0, $1) }) {
        self.scenario = scenario
        self.faults = faults
        self.planting = planting
    }

    /// The same rule broken by as little as could be found.
    ///
    /// - Parameter most: how many histories may be played for it.
    public mutating func shrink(
        _ violation: Violation, tries most: Int = Self.mostTries
    ) -> Violation {
        var shortest = violation
        var parts = 2
        while tries < most, !shortest.strikes.isEmpty {
            if let shorter = shorter(than: shortest, in: parts, most) {
                shortest = shorter
                parts = max(2, parts - 1)
            } else if parts < shortest.strikes.count {
                parts = min(parts * 2, shortest.strikes.count)
            } else {
                break
            }
        }
        return shortest
    }

    /// Leaves out one of so many parts; `nil` where each of them is needed.
    private mutating func shorter(than violation: Violation, in parts: Int, _ most: Int) -> Violation? {
        let strikes = violation.strikes
        let size = (strikes.count + parts - 1) / parts
        for start in stride(from: 0, to: strikes.count, by: size) where tries < most {
            var rest = strikes
            rest.removeSubrange(start..<min(start + size, strikes.count))
            tries += 1
            if let found = replay(violation, with: rest), found.strikes.count < strikes.count { return found }
        }
        return nil
    }

    private func replay(_ violation: Violation, with strikes: [Strike]) -> Violation? {
        let rehearsal = Rehearsal(
            scenario, seed: violation.seed, faults: faults, keeping: Set(strikes), planting: planting)
        do throws(Violation) { try rehearsal.run() } catch {
            return error.rule == violation.rule ? error : nil
        }
        return nil
    }
}
