import Rehearsal
import Scenarios

// Prints the digest of each seed's history: two processes given the same seeds must print the same.
let scenario = try BothProcesses.scenario()
for seed in CommandLine.arguments.dropFirst().compactMap({ UInt64($0) }) {
    let rehearsal = Rehearsal(scenario, seed: seed)
    do {
        try rehearsal.run()
        print(seed, String(rehearsal.history.digest.value, radix: 16))
    } catch {
        print(error)
    }
}
