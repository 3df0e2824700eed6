import Engine
import Foundation
import Relay
import SQLiteStore
import Vocabulary
import Wire

/// Says where the processor time of a message goes, by phase.
struct Phases {
    let messages: Int
    let batch: Int

    func run(in folder: URL) throws {
        let file = folder.appendingPathComponent("relay.sqlite").path
        let store = TimedStore(try SQLiteStore.open(path: file, create: true, worker: "relay"))
        let line = try Line(over: store, batch: batch)
        let deliveries = (0..<messages).map { RelayTask(number: $0, caseNumber: $0).delivery }

        let whole = timed { line.take(deliveries) }
        let decoding = try timed {
            for delivery in deliveries { _ = try Envelope(parsing: delivery.body).contentDigest }
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
