import Foundation
import ServiceLifecycle
import ServiceLifecycleTestKit
import Synchronization
import Testing

@testable import WorkerMain

@Suite("A worker as a service") struct WorkerServiceTests {
    private struct Failure: Error {}

    private final class Seen: Sendable {
        let names = Mutex<[String]>([])
    }

    private func service(_ stop: StopRequest, _ loop: @escaping @Sendable () throws -> Void) -> WorkerService
    {
        WorkerService(
            name: "cancellation", patience: .seconds(60), stop: stop, logger: LogCapture().logger, loop: loop)
    }

    @Test("A graceful shutdown reaches the loop, and the service ends with it")
    func gracefulShutdown() async throws {
        let stop = StopRequest()
        let seen = Seen()
        let (started, start) = AsyncStream<Void>.makeStream()
        try await testGracefulShutdown { trigger in
            async let end: Void = service(stop) {
                let name = try String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
                seen.names.withLock { $0.append(name.trimmingCharacters(in: .newlines)) }
                stop.onceMade { seen.names.withLock { $0.append("woken") } }
                start.finish()
                stop.wait(atMost: .seconds(60))
            }.run()
            for await _ in started {}
            #expect(!stop.isMade)
            trigger.triggerGracefulShutdown()
            try await end
        }
        #expect(stop.isMade)
        #expect(seen.names.withLock { $0 } == ["cancellation", "woken"])
    }

    @Test("What ends the loop ends the service")
    func failure() async {
        await #expect(throws: Failure.self) { try await service(StopRequest()) { throw Failure() }.run() }
    }
}
