/// Something that goes wrong in a history, without anybody's will.
public enum Fault: Int, CaseIterable, Sendable {
    /// A message stands in a queue twice.
    case duplicate
    /// A message reaches its queue later than those after it.
    case delay
    /// Of the messages ready in a queue, another than the first is handed over.
    case reorder
    /// A publisher does not learn that its message arrived.
    case lostConfirm
    /// The broker says that it could not take a message.
    case negativeConfirm
    /// A message is still on its way when the publisher goes on.
    case slowPublish
    /// At a step, a worker loses its connection.
    case connectionLoss
    /// At a step, the broker is gone for everybody: for minutes or, at people's pace, for days.
    case brokerGone
    /// At a step, the broker blocks a worker's publishing.
    case hold
    /// A run of a worker ends in a crash, at a point drawn when it starts.
    case crash
    /// After a crash, the next runs die as well, each as it takes what came back: some message is poison.
    case crashLoop
    /// At a step, a worker is stopped and started in good order.
    case orderlyRestart
    /// At a step, a worker's store goes away for a while.
    case storeGone
    /// At a step, a worker's store is full for a while: it is read, and takes nothing.
    case storeFull
    /// A commit fails because somebody else has the store in hand; the next may succeed.
    case storeBusy
    /// A commit takes effect, but its caller is told that the store is unavailable.
    case doubtfulCommit
    /// At a step, somebody sets the time of day.
    case clockJump
    /// A try of an effect does not work.
    case effectFailure
    /// A try of an effect works, but its worker is told that it failed.
    case effectUnheard
    /// A try of an effect ends by its time-out, whether it worked or not.
    case effectHang
    /// An effect cannot work, ever.
    case effectImpossible
    /// At a step, a worker's world stops being set up for what it does outside.
    case worldBlocked
}

/// Something that somebody does at will, well or badly, before the calm has come.
enum Deed: String {
    /// Somebody sends something.
    case errand
    /// A team reads a message, and does as it likes.
    case manner
    /// An operator sends a letter back.
    case redrive
}
