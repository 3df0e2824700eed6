import AMQP
import StrictJSON

/// Starts many cases, all of which stay open, and times what people see of them.
struct OpenCases {
    let benchmark: FleetBenchmark
    let count: Int

    func run() throws {
        let forms = try benchmark.publisher("intake")
        forms.publish((0..<count).map(benchmark.start))
        let took = try benchmark.wait(for: count, in: "case list", at: ["total"])
        forms.stop(within: .seconds(10))
        print("\(count) cases started and on the ledger after \(benchmark.shown(took))")
        try benchmark.time("inbox", as: "cs-specialists")
        try benchmark.time("inbox", as: "operations")
        try benchmark.time("case list", as: "operations")
        try benchmark.time("case list", as: "intake")
        try benchmark.time("case show \(benchmark.caseID(count / 2))", as: "operations")
    }
}
