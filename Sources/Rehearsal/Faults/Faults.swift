/// How often each mischief happens, in thousandths of the occasions it has.
public struct Faults: Equatable, Sendable {
    /// A message stands in a queue twice.
    public var duplicate = 0
    /// A message reaches its queue later than those after it.
    public var delay = 0
    /// Of the messages ready in a queue, another than the first is handed over.
    public var reorder = 0
    /// A publisher does not learn that its message arrived.
    public var lostConfirm = 0
    /// The broker says that it could not take a message.
    public var negativeConfirm = 0
    /// A message is still on its way when the publisher goes on.
    public var slowPublish = 0
    /// At a step, a worker loses its connection.
    public var connectionLoss = 0
    /// At a step, the broker blocks a worker's publishing.
    public var hold = 0
    /// A run of a worker ends in a crash, at a point drawn when it starts.
    public var crash = 0
    /// After a crash, the next runs die as well, each as it takes what came back: some message is poison.
    public var crashLoop = 0
    /// At a step, a worker is stopped and started in good order.
    public var orderlyRestart = 0
    /// At a step, a worker's store goes away for a while.
    public var storeOutage = 0
    /// A commit takes effect, but its caller is told that the store is unavailable.
    public var doubtfulCommit = 0
    /// At a step, somebody sets the time of day.
    public var clockJump = 0
    /// A try of an effect does not work.
    public var effectFailure = 0
    /// A try of an effect works, but its worker is told that it failed.
    public var effectUnheard = 0
    /// A try of an effect ends by its time-out, whether it worked or not.
    public var effectHang = 0
    /// An effect cannot work, ever.
    public var effectImpossible = 0
    /// At a step, a worker's world stops being set up for what it does outside.
    public var worldBlocked = 0

    /// Nothing happens; faults are added from here.
    public init() {}

    /// Nothing goes wrong.
    public static let none = Faults()

    /// Everything goes wrong, each often enough to be met within a few histories.
    public static let rough: Faults = {
        var faults = Faults()
        faults.duplicate = 120
        faults.delay = 200
        faults.reorder = 250
        faults.lostConfirm = 60
        faults.negativeConfirm = 60
        faults.slowPublish = 150
        faults.connectionLoss = 25
        faults.hold = 10
        faults.crash = 600
        faults.crashLoop = 100
        faults.orderlyRestart = 8
        faults.storeOutage = 15
        faults.doubtfulCommit = 15
        faults.clockJump = 15
        faults.effectFailure = 150
        faults.effectUnheard = 60
        faults.effectHang = 40
        faults.effectImpossible = 20
        faults.worldBlocked = 10
        return faults
    }()
}
