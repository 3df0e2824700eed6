import Rehearsal
import Wire

/// The process `saas-to-local`, as it is rehearsed.
public enum SaaSToLocal {
    /// The process as it is meant: one firm that wants a trial and new products, and teams that answer well.
    ///
    /// - Throws: as ``BothProcesses/scenario()``.
    public static func asMeant() throws -> Scenario {
        try BothProcesses.scenario(
            people: { now, _ in [FrontDesk(caseNumber: 1, now: now).errandAsMeant] },
            reads: { question, scene, _ in AnsweringTeam.answers(question, scene) })
    }
}
