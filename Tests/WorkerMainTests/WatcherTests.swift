import Engine
import Foundation
import Testing

@testable import WorkerMain

@Suite("Watching a worker") struct WatcherTests {
    let capture = LogCapture()
    let clock = ScriptedClock()
    let socket: NotifySocket
    let watcher: Watcher

    init() throws {
        socket = try NotifySocket("@baton-\(UUID().uuidString)")
        let notifier = SystemdNotifier(["NOTIFY_SOCKET": socket.name, "WATCHDOG_USEC": "8000000"])
        watcher = Watcher(capture.logger, notifier, clock: clock)
    }

    @Test("The worker is ready once, when its consumer is registered for the first time")
    func ready() {
        watcher.saw(.consumerLost("refused"))
        #expect(socket.all() == ["STATUS=waiting for the broker: refused"])
        watcher.saw(.consuming(backlog: 0))
        #expect(socket.all() == ["READY=1", "STATUS=taking"])
        watcher.saw(.consumerLost("reset"))
        watcher.saw(.consuming(backlog: 0))
        #expect(socket.all() == ["STATUS=waiting for the broker: reset", "STATUS=taking"])
    }

    @Test("The status says what stands in the way, the store before the broker before the outbox")
    func status() {
        var told: [String] = []
        func after(_ event: BrokerEvent) {
            watcher.saw(event)
            told += socket.all()
        }
        func after(_ report: Report) {
            watcher.saw(report)
            told += socket.all()
        }
        after(.consuming(backlog: 0))
        after(.publishingHeld("low on memory"))
        after(.outboxFull(rows: 3))
        after(.consumerLost("reset"))
        after(.storeGone("disk full"))
        after(.storeBack)
        after(.consuming(backlog: 0))
        after(.takingAgain)
        after(.publishingHeld(nil))
        watcher.stops()
        told += socket.all()
        #expect(
            told == [
                "READY=1",
                "STATUS=taking",
                "STATUS=taking; publishing is held up: low on memory",
                "STATUS=waiting for the outbox to shrink: low on memory",
                "STATUS=waiting for the broker: reset",
                "STATUS=waiting for the store since 1970-01-01T00:00:00Z: disk full",
                "STATUS=waiting for the broker: reset",
                "STATUS=waiting for the outbox to shrink: low on memory",
                "STATUS=taking; publishing is held up: low on memory",
                "STATUS=taking",
                "STOPPING=1",
                "STATUS=stopping",
            ])
    }

    @Test("A broker that is lost for the same reason again is logged once")
    func once() {
        watcher.saw(.consumerLost("refused"))
        watcher.saw(.consumerLost("refused"))
        #expect(capture.messages == ["The broker hands nothing over"])
    }

    @Test("Messages that come and go leave systemd alone")
    func routine() {
        watcher.saw(.confirmed([1]))
        watcher.saw(.backlog(3))
        #expect(socket.all().isEmpty)
        #expect(capture.messages.isEmpty)
    }

    @Test("A sign of life goes out with the first step and then four times within what the watchdog allows")
    func signsOfLife() {
        watcher.stepped()
        #expect(socket.all() == ["WATCHDOG=1"])
        clock.pass(.milliseconds(1999))
        watcher.stepped()
        #expect(socket.all().isEmpty)
        clock.pass(.milliseconds(1))
        watcher.stepped()
        #expect(socket.all() == ["WATCHDOG=1"])
    }
}
