import Foundation

/// What one run of a subject came to.
struct Measurement {
    /// Messages a second, from the first follow-up seen to the last.
    let rate: Double
    /// Seconds of processor time for a thousand messages in that time: neither start nor loading is in it.
    let processorSeconds: Double
    /// The most memory it held, in MiB.
    let peakMemory: Double
    /// Seconds from the start of the process to the first follow-up seen; the broker is asked every 10 ms.
    let firstAfter: Double

    /// The median of each figure by itself.
    static func median(_ measurements: [Measurement]) -> Measurement {
        func middle(_ field: KeyPath<Measurement, Double>) -> Double {
            measurements.map { $0[keyPath: field] }.sorted()[measurements.count / 2]
        }
        return Measurement(
            rate: middle(\.rate), processorSeconds: middle(\.processorSeconds),
            peakMemory: middle(\.peakMemory), firstAfter: middle(\.firstAfter))
    }

    func row(_ label: String) -> String {
        label.padding(toLength: 32, withPad: " ", startingAt: 0)
            + String(
                format: "%8.0f msg/s  %.3f cpu s/1000  %6.1f MiB peak  %5.2f s to the first", rate,
                processorSeconds, peakMemory, firstAfter)
    }
}
