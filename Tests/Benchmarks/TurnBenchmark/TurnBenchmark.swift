import Engine
import Foundation
import Relay
import SQLiteStore
import Vocabulary
import Wire

/// Says where the processor time of a message goes, by phase: the production engine, pump and store, and prepared
/// deliveries in place of a broker; see `Deploy/bench turn`.
@main struct TurnBenchmark {
    let messages: Int
    let batch: Int

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let messages = Int(arguments[1]), let batch = Int(arguments[2]) else {
            print("turn-benchmark MESSAGES BATCH; see Deploy/bench --help")
            exit(64)
        }
        try TurnBenchmark(messages: messages, batch: batch).run()
    }

    private func run() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("baton-turn-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("relay.sqlite").path
        let store = TimedStore(try SQLiteStore.open(path: file, create: true, worker: "relay"))
        let broker = PreparedBroker(messages: messages, batch: batch)
        let engine = try Engine(Relay.self, store: store, directory: Directory(), seed: 1)
        let pump = Pump(engine, broker: broker, clock: MachineClock(), world: NoWorld())

        let whole = timed {
            while !broker.isExhausted || !engine.isDrained { pump.step(waitingAtMost: .zero) }
        }
        let decoding = try timed {
            for delivery in broker.deliveries { _ = try Envelope(parsing: delivery.body).contentDigest }
        }
        print("\(messages) messages of 1 KiB, \(batch) in a batch; microseconds of the processor for each:")
        row("decode", decoding)
        row("load", store.loading)
        row("react, publish", whole - decoding - store.loading - store.committing)
        row("commit", store.committing)
        row("whole", whole)
    }

    private func row(_ phase: String, _ time: Duration) {
        print(String(format: "%8.1f  ", time / .microseconds(messages)) + phase)
    }
}
