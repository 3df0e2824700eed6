import Foundation
import Testing

@testable import WorkerMain

@Suite("Telling systemd") struct SystemdNotifierTests {
    @Test("A datagram reaches a socket under a path")
    func path() throws {
        let folder = try TemporaryFolder()
        let socket = try NotifySocket("\(folder.path)/notify")
        SystemdNotifier(["NOTIFY_SOCKET": socket.name]).tell(.ready, .status("taking"))
        #expect(socket.next() == "READY=1\nSTATUS=taking")
    }

    @Test("A datagram reaches a socket under an abstract name")
    func abstract() throws {
        let socket = try NotifySocket("@baton-\(UUID().uuidString)")
        SystemdNotifier(["NOTIFY_SOCKET": socket.name]).tell(.watchdog)
        #expect(socket.next() == "WATCHDOG=1")
    }

    @Test("A status stays in its line and within its length")
    func status() {
        #expect(SystemdNotifier.Message.status("a\nREADY=1").assignment == "STATUS=aREADY=1")
        #expect(SystemdNotifier.Message.status(String(repeating: "x", count: 999)).assignment.count == 207)
    }

    @Test("Where nobody listens, or the name is too long for a socket, nothing happens")
    func nobody() {
        SystemdNotifier([:]).tell(.ready)
        SystemdNotifier(["NOTIFY_SOCKET": "/nowhere/at-all"]).tell(.ready)
        SystemdNotifier(["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 200)]).tell(.ready)
    }

    @Test("The watchdog is heeded only where it is meant for this process")
    func watchdog() {
        let asked = ["WATCHDOG_USEC": "60000000"]
        #expect(SystemdNotifier(asked).watchdog == .seconds(60))
        #expect(
            SystemdNotifier(asked.merging(["WATCHDOG_PID": "\(getpid())"]) { $1 }).watchdog == .seconds(60))
        #expect(SystemdNotifier(asked.merging(["WATCHDOG_PID": "1"]) { $1 }).watchdog == nil)
        #expect(SystemdNotifier([:]).watchdog == nil)
    }
}
