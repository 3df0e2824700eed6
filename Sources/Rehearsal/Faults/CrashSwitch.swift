import Vocabulary

/// Where a worker's process may die.
public enum CrashPoint: String, CaseIterable, Comparable, Sendable {
    /// Around the moment in which deliveries are handed over.
    case beforeHandOver, afterHandOver
    /// Around the commit.
    case beforeCommit, afterCommit
    /// Around the acknowledgement.
    case beforeAcknowledge, afterAcknowledge
    /// Around the publishing of rows, and between two of them.
    case beforePublish, amidPublish, afterPublish
    /// Around the moment in which the process hears of a confirm.
    case beforeConfirm, afterConfirm
    /// Around the moment in which something is done outside.
    case beforeEffect, afterEffect

    /// In the order of a message's way.
    public static func < (left: CrashPoint, right: CrashPoint) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

/// Kills one run of a worker: shared by its store and its broker session, of which every call is without effect
/// from the point on.
final class CrashSwitch {
    /// Where the run died; `nil` while it lives.
    private(set) var point: CrashPoint?
    private var plan: (point: CrashPoint, passes: Int)?

    /// Draws whether, where and at which pass of that point the run will die.
    init(drawnBy luck: Luck) {
        guard luck.strikes(.crash) else { return }
        let passes = Int.random(in: 1...Rehearsal.Limits.crashPasses, using: &luck[.crash])
        plan = (luck[.crash].pick(CrashPoint.allCases), passes)
    }

    /// The run will die of a message that came back: it is noted in a first commit, and tried up to the next.
    static var poisoned: CrashSwitch {
        let crash = CrashSwitch()
        crash.plan = (.beforeCommit, 2)
        return crash
    }

    /// The run will not die.
    init() {}

    /// Whether the run still lives.
    var isAlive: Bool { point == nil }

    /// Whether the run gets past a point alive.
    func survives(_ point: CrashPoint) -> Bool {
        guard isAlive else { return false }
        guard let plan, plan.point == point else { return true }
        self.plan = (point, plan.passes - 1)
        guard plan.passes == 1 else { return true }
        self.point = point
        return false
    }

    /// The run will not die any more.
    func disarm() { plan = nil }
}
