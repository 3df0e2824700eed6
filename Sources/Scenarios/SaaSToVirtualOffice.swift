import Rehearsal
import Vocabulary
import Wire
import WorkerKit

/// The process `saas-to-virtual-office`, as it is rehearsed.
public enum SaaSToVirtualOffice {
    /// The process as it is meant: one firm that wants a trial, new products and one proposal, and teams that answer
    /// well.
    ///
    /// - Throws: as ``BothProcesses/scenario()``.
    public static func asMeant() throws -> Scenario {
        try BothProcesses.scenario(
            people: { now, _ in [FrontDesk(caseNumber: 1, now: now, isMoving: true).errandAsMeant] },
            reads: { question, scene, _ in AnsweringTeam.answers(question, scene) })
    }

    /// When the technicians work: long hours, every day, but not by night.
    static let hours: BusinessCalendar = {
        let hours: [OpeningHours] = ["06:00-22:00"]
        do throws(InvalidCalendar) {
            return try BusinessCalendar(
                timeZone: "UTC",
                hours: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, hours) }))
        } catch {
            preconditionFailure("the technicians' hours are none: \(error)")
        }
    }()
}
