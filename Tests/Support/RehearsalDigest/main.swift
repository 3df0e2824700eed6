import Rehearsal
import Scenarios

// Prints the digest of each seed's history: two processes given the same seeds must print the same. A fortnight is
// named first.
let words = CommandLine.arguments.dropFirst()
let fortnight = words.first.flatMap { Fortnight(rawValue: $0) }
let scenario = try fortnight.map { try BothProcesses.scenario(over: $0) } ?? BothProcesses.scenario()
for seed in words.compactMap({ UInt64($0) }) {
    let rehearsal = Rehearsal(scenario, seed: seed)
    do {
        try rehearsal.run()
        print(seed, String(rehearsal.history.digest.value, radix: 16))
    } catch {
        print(error)
    }
}
