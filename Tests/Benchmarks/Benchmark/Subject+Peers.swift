import Foundation

/// What others build workers with, doing the worker's work: inbox and effect in one SQLite transaction (WAL, FULL), one
/// follow-up with a confirm, then the ack. `Deploy/bench peers` prepares what they need.
extension Subject {
    static func peers(_ bench: Bench) -> [Subject] {
        [
            peer("Go amqp091", bench, run: tools.appendingPathComponent("go-peer")),
            peer("pika", bench, share: 4, run: python("python"), [sources.path + "/pika_peer.py"]),
            peer(
                "FastStream", bench, share: 4, run: python("python"), [sources.path + "/faststream_peer.py"]),
            celery("solo", of: 1, bench), celery("prefork", of: 2, bench), celery("threads", of: 4, bench),
            peer(
                "Dramatiq -p 1 -t 4, classic", bench, share: 4, loader: "dramatiq_peer.py",
                run: python("dramatiq"), ["dramatiq_peer", "-p", "1", "-t", "4", "-Q", "bench.in"]),
            peer("DBOS (SQLite)", bench, share: 16, run: python("python"), [sources.path + "/dbos_peer.py"]),
        ]
    }

    private static let sources = URL(fileURLWithPath: "Tests/Benchmarks/Peers")
    private static let tools = URL(fileURLWithPath: ".build/peers")

    private static func python(_ program: String) -> URL {
        tools.appendingPathComponent("python/bin/\(program)")
    }

    /// Celery multiplies its prefetch with its concurrency.
    private static func celery(_ pool: String, of concurrency: Int, _ bench: Bench) -> Subject {
        peer(
            "Celery \(pool)\(concurrency == 1 ? "" : " -c \(concurrency)")", bench, share: 4,
            prefetch: Bench.prefetch / concurrency, loader: "celery_peer.py", run: python("celery"),
            [
                "-A", "celery_peer", "worker", "-P", pool, "-c", "\(concurrency)", "-Q", "bench.in",
                "-l", "ERROR", "--without-mingle", "--without-gossip", "--without-heartbeat",
            ])
    }

    private static func peer(
        _ name: String, _ bench: Bench, share: Int = 1, prefetch: Int = Bench.prefetch, loader: String? = nil,
        run program: URL, _ arguments: [String] = []
    ) -> Subject {
        func launch(_ program: URL, _ arguments: [String], _ folder: URL) -> Launch {
            Launch(
                program: program, arguments: arguments,
                environment: [
                    "BENCH_BROKER": bench.url, "BENCH_INPUT": "bench.in", "BENCH_OUTPUT": "bench.out",
                    "BENCH_STORE": store(folder), "BENCH_PREFETCH": "\(prefetch)",
                    "PYTHONPATH": sources.path,
                    // Nothing is left in the sources.
                    "PYTHONDONTWRITEBYTECODE": "1",
                    "dramatiq_queue_prefetch": "\(prefetch)",
                ])
        }
        func store(_ folder: URL) -> String { folder.appendingPathComponent("peer.sqlite").path }
        func script(_ name: String, _ arguments: [String], _ folder: URL) -> Launch {
            launch(python("python"), [sources.appendingPathComponent(name).path] + arguments, folder)
        }
        return Subject(
            name: name, input: "bench.in", output: "bench.out", share: share, loadsItself: loader != nil,
            prepare: { messages, folder in
                [script("store.py", ["make", store(folder)], folder)]
                    + [loader].compactMap { $0.map { script($0, ["\(messages)"], folder) } }
            },
            start: { _, folder in launch(program, arguments, folder) },
            verify: { messages, folder in
                [script("store.py", ["verify", store(folder), "\(messages)"], folder)]
            })
    }
}
