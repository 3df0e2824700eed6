import AMQP
import Foundation

extension Subject {
    /// The limit: bare librabbitmq, without a store.
    ///
    /// - Parameter ackEvery: how many deliveries it acknowledges at a time.
    static func rawRelay(_ bench: Bench, ackEvery: Int = 100) -> Subject {
        Subject(name: "raw C relay (no store)", input: "bench.in", output: "bench.out") { messages, _ in
            Launch(
                program: bench.programs.appendingPathComponent("raw-relay"),
                arguments: bench.login + [
                    "bench.in", "bench.out",
                    // More than come, so that it is there to be looked at until it is ended.
                    "\(messages + 1)", "\(Bench.prefetch)", "\(ackEvery)",
                ])
        }
    }

    /// The price of what a worker promises: the same rows, digests and messages as the worker's, in C.
    static func keepingRelay(_ bench: Bench) -> Subject {
        Subject(name: "C relay, same promises", input: "baton.relay", output: "bench.done") { count, folder in
            Launch(
                program: bench.programs.appendingPathComponent("keeping-relay"),
                arguments: bench.login + [
                    "baton.relay", "baton.events", "relay.task-done", "baton.records", "relay",
                    folder.appendingPathComponent("relay.sqlite").path,
                    // As above.
                    "\(count + 1)", "\(Bench.prefetch)",
                ])
        }
    }

    /// Baton's own worker, with the smallest reaction there is.
    static func worker(_ bench: Bench) -> Subject {
        Subject(name: "worker (SQLite, FULL)", input: "baton.relay", output: "bench.done") { _, folder in
            Launch(
                program: bench.programs.appendingPathComponent("relay-worker"),
                arguments: [
                    "--broker-urls", "amqp://\(bench.endpoint.host):\(bench.endpoint.port)",
                    "--broker-username", "guest",
                    "--broker-password-file", folder.appendingPathComponent("password").path, "--store-path",
                    folder.appendingPathComponent("relay.sqlite").path, "--store-create", "true",
                    "--directory-file", "Deploy/example/directory.yaml", "--log-level", "warning",
                ])
        }
    }
}

extension Bench {
    /// What relays in C are told first: where the broker is, and as whom they come.
    fileprivate var login: [String] {
        [
            endpoint.host, "\(endpoint.port)", endpoint.virtualHost, endpoint.credentials?.user ?? "guest",
            "guest",
        ]
    }
}
