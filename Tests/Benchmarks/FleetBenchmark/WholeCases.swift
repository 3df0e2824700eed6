import AMQP
import BrokerSupport
import Foundation
import StrictJSON

/// Starts many cases at once, answers every question as soon as it is asked, and says how many cases a second the fleet
/// takes from their forms to their ends, what that costs, and what the broker alone would allow.
struct WholeCases {
    let benchmark: FleetBenchmark
    let count: Int

    /// How long the broker's own counts may lag behind.
    private static let countsLag: TimeInterval = 6

    func run() throws {
        let broker = try Administrator()
        let bare = try BareRelay(administrator: broker, programs: benchmark.programs).rate()
        let ends = try CaseEnds(count: count, administrator: broker)
        let teams = try QuickTeams(benchmark)
        let forms = try benchmark.publisher("intake")
        let before = (traffic: try broker.traffic(), processes: try processes())

        let began = ContinuousClock.now
        forms.publish((0..<count).map(benchmark.start))
        try ends.wait(for: .seconds(900))
        let took = ContinuousClock.now - began
        let after = try processes()
        let known = try benchmark.wait(
            for: count, in: "case list --state completed", at: ["total"], within: .seconds(300))
        let all = try processes()
        forms.stop(within: .seconds(10))
        teams.stop()

        let rate = Double(count) / (took / .seconds(1))
        print(
            String(format: "%d cases from form to end in %@: ", count, benchmark.shown(took))
                + String(format: "%.0f cases a second; on the ledger %@ later", rate, benchmark.shown(known)))
        Thread.sleep(forTimeInterval: Self.countsLag)
        let traffic = try broker.traffic().since(before.traffic)
        show(traffic)
        let bound = bare / traffic.queued * Double(count)
        print(
            String(
                format:
                    "The bare relay does %.0f messages a second from queue to queue: enough for %.0f cases a "
                    + "second, if it does nothing else; the fleet does %.0f %% of that", bare, bound,
                rate / bound * 100))
        print("\nprocessor seconds for a thousand cases, to the last end and until the ledger knew it:")
        for (name, start) in before.processes {
            let spent = [after, all].map { (($0[name] ?? start) - start) / Double(count) * 1000 }
            print(
                "  " + name.padding(toLength: 20, withPad: " ", startingAt: 0)
                    + String(format: "%6.2f  %6.2f", spent[0], spent[1]))
        }
    }

    private func show(_ traffic: Administrator.Traffic) {
        let each = traffic.exchanges.filter { $0.value > 0 }.sorted { $0.value > $1.value }
        let parts = each.map { String(format: "%@ %.1f", $0.key, $0.value / Double(count)) }
        print(
            String(
                format: "messages for a case: %.1f published (%@), %.1f put into queues",
                traffic.published / Double(count), parts.joined(separator: ", "),
                traffic.queued / Double(count)))
    }

    /// The processor seconds of each process of the fleet, by name, and of this one.
    private func processes() throws -> [(name: String, seconds: Double)] {
        let run = benchmark.folder.appending(path: "run")
        let files = try FileManager.default.contentsOfDirectory(at: run, includingPropertiesForKeys: nil)
        var pids = files.filter { $0.pathExtension == "pid" }.map {
            ($0.deletingPathExtension().lastPathComponent, $0)
        }
        pids.append(("broker", benchmark.folder.appending(path: "broker/node.pid")))
        let found = try pids.sorted { $0.0 < $1.0 }.compactMap { name, file -> (String, Double)? in
            let pid = try String(contentsOf: file, encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
            return processorSeconds(of: pid).map { (name, $0) }
        }
        return found + [("the teams", processorSeconds(of: "\(getpid())") ?? 0)]
    }

    /// What a process and those it started have had of the processor; `nil` where it does not run.
    private func processorSeconds(of pid: String) -> Double? {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let fields = stat.split(separator: ")").last?.split(separator: " "), fields.count > 13,
            let user = Double(fields[11]), let system = Double(fields[12])
        else { return nil }
        let path = "/proc/\(pid)/task/\(pid)/children"
        let children = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return children.split(separator: " ").reduce(
            (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        ) { $0 + (processorSeconds(of: String($1)) ?? 0) }
    }
}

extension [(name: String, seconds: Double)] {
    fileprivate subscript(name: String) -> Double? { first { $0.name == name }?.seconds }
}
