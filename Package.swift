// swift-tools-version: 6.2
// The map of the fleet. Targets are floors: each imports only what stands below it, and the build refuses an
// undeclared import (`Deploy/build` passes `--explicit-target-dependency-import-check error`).
import PackageDescription

let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    // A worker's engine, store and codes are generic, and stand in modules of their own: compiled for each worker, a
    // message costs a fifth less.
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Floors whose C or third-party types must not leak: imports are internal unless said otherwise.
let sealed = settings + [.enableUpcomingFeature("InternalImportsByDefault")]

let package = Package(
    name: "baton",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(
            url: "https://github.com/apple/swift-configuration", from: "1.4.0",
            traits: ["CommandLineArguments"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Ground
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CJansson", pkgConfig: "jansson", providers: [.apt(["libjansson-dev"])]),
        .systemLibrary(name: "CRabbitMQ", pkgConfig: "librabbitmq", providers: [.apt(["librabbitmq-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "StrictJSON", dependencies: ["CJansson"], swiftSettings: sealed),
        .target(name: "StrictYAML", dependencies: ["CYAML"], swiftSettings: sealed),
        .target(name: "Vocabulary", dependencies: ["StrictJSON"], swiftSettings: settings),

        // Kits
        .target(name: "AMQP", dependencies: ["CRabbitMQ"], swiftSettings: sealed),
        .target(name: "SMTP", dependencies: ["CCurl"], swiftSettings: sealed),
        .target(name: "WorkerKit", dependencies: ["StrictJSON", "Vocabulary"], swiftSettings: sealed),
        .target(
            name: "Wire",
            dependencies: [
                "StrictJSON", "Vocabulary", .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: sealed),
        .target(
            name: "LedgerMessages", dependencies: ["StrictJSON", "Vocabulary", "Wire"], swiftSettings: sealed),

        // Engine: turns, inbox and outbox, handoff life, and the seams Broker, Store, Clock, World
        .target(
            name: "Engine",
            dependencies: ["StrictJSON", "Vocabulary", "Wire", "WorkerKit"], swiftSettings: sealed),

        // Adapters, one for each side of a seam
        .target(
            name: "DirectoryFile",
            dependencies: ["StrictJSON", "StrictYAML", "Vocabulary"],
            swiftSettings: sealed),
        .target(
            name: "MailWorld",
            dependencies: [
                "Engine", "SMTP", "StrictJSON", "Vocabulary", "Wire",
                .product(name: "Mustache", package: "swift-mustache"),
            ], swiftSettings: sealed),
        .target(
            name: "RabbitMQBroker", dependencies: ["AMQP", "Engine", "Vocabulary", "Wire"],
            swiftSettings: sealed),
        .target(
            name: "SQLiteStore",
            dependencies: [
                "CSQLite", "Engine", "StrictJSON", "Vocabulary", "Wire", "WorkerKit",
            ], swiftSettings: sealed),
        .target(
            name: "Rehearsal", dependencies: ["Engine", "StrictJSON", "Vocabulary", "Wire", "WorkerKit"],
            swiftSettings: sealed),

        // Assembly
        .target(
            name: "Ledger",
            dependencies: [
                "Engine", "LedgerMessages", "SQLiteStore", "StrictJSON", "Vocabulary", "Wire", "WorkerKit",
            ], swiftSettings: sealed),
        .target(
            name: "WorkerMain",
            dependencies: [
                "AMQP", "DirectoryFile", "Engine", "RabbitMQBroker", "SQLiteStore", "StrictJSON",
                "StrictYAML", "Vocabulary", "Wire", "WorkerKit",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ], swiftSettings: sealed),
        .executableTarget(
            name: "baton-ledger",
            dependencies: [
                "Engine", "Fleet", "Ledger", "RabbitMQBroker", "Vocabulary", "Wire", "WorkerMain",
                .product(name: "Logging", package: "swift-log"),
            ], path: "Sources/LedgerMain", swiftSettings: settings),
        .target(name: "MailMain", dependencies: ["MailWorld", "WorkerMain"], swiftSettings: sealed),
        .target(
            name: "TopologyKit", dependencies: ["StrictJSON", "Vocabulary", "Wire", "WorkerKit"],
            swiftSettings: sealed),
        .target(
            name: "BatonCommand",
            dependencies: [
                "AMQP", "DirectoryFile", "Fleet", "LedgerMessages", "Rehearsal", "Scenarios", "StrictJSON",
                "StrictYAML", "TopologyKit", "Vocabulary", "Wire", "WorkerKit",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: sealed),
        .executableTarget(
            name: "baton",
            dependencies: [
                "BatonCommand", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

// MARK: - Workers

/// Every worker's reactions, for what is generated from all of them.
var fleet: [Target.Dependency] = ["WorkerKit"]

/// Makes a worker's three targets: what it publishes and asks (`Messages`), its pure reactions, and its
/// executable.
///
/// - Parameters:
///   - name: the module's name; its folder is `Sources/Workers/<name>`.
///   - service: the kebab-case name that stands in its binary, unit, queue, user and log label.
///   - hears: the workers whose messages it may import.
///   - world: the assembly of what does its effects.
@MainActor func worker(_ name: String, service: String, hears: [String] = [], world: String? = nil) {
    let folder = "Sources/Workers/\(name)"
    let messages = "\(name)Messages"
    package.targets += [
        .target(
            name: messages, dependencies: ["Vocabulary", "WorkerKit"], path: "\(folder)/Messages",
            swiftSettings: settings),
        .target(
            name: name,
            dependencies: ["Vocabulary", "WorkerKit", .byName(name: messages)]
                + hears.map { .byName(name: "\($0)Messages") },
            path: "\(folder)/Reactions", swiftSettings: settings),
        .executableTarget(
            name: "baton-\(service)",
            dependencies: [.byName(name: name), "Engine", "WorkerMain"]
                + [world].compactMap { $0.map { .byName(name: $0) } },
            path: "\(folder)/Main", swiftSettings: settings),
    ]
    fleet.append(.byName(name: name))
}

worker("Cancellation", service: "cancellation", hears: ["LicenceSwapper", "Notifier", "Ordering"])
worker("EMSReinstatement", service: "ems-reinstatement", hears: ["Cancellation"])
worker("Ordering", service: "ordering", hears: ["Cancellation", "EMSReinstatement"])
worker("VOProvisioning", service: "vo-provisioning", hears: ["Cancellation"])
worker("LicenceSwapper", service: "licence-swapper", hears: ["Cancellation", "Ordering"])
worker(
    "Notifier", service: "notifier",
    hears: ["Cancellation", "LicenceSwapper", "Ordering", "VOProvisioning"], world: "MailMain")

package.targets += [
    .target(name: "Fleet", dependencies: fleet, swiftSettings: settings),
    .target(
        name: "Scenarios",
        dependencies: [
            "Cancellation", "CancellationMessages", "EMSReinstatement", "EMSReinstatementMessages", "Engine",
            "LicenceSwapper", "LicenceSwapperMessages", "Notifier", "NotifierMessages", "Ordering",
            "OrderingMessages", "Rehearsal", "StrictJSON", "VOProvisioning", "VOProvisioningMessages",
            "Vocabulary", "Wire", "WorkerKit",
        ], swiftSettings: settings),
]

// MARK: - Benchmarks: programs of their own, no tests

package.targets += [
    .executableTarget(name: "raw-relay", dependencies: ["CRabbitMQ"], path: "Tests/Benchmarks/RawRelay"),
    .executableTarget(
        name: "keeping-relay", dependencies: ["CJansson", "CRabbitMQ"], path: "Tests/Benchmarks/KeepingRelay",
        linkerSettings: [.linkedLibrary("crypto"), .linkedLibrary("sqlite3")]),
    .target(
        name: "Relay", dependencies: ["Vocabulary", "WorkerKit"], path: "Tests/Benchmarks/Relay",
        swiftSettings: settings),
    .executableTarget(
        name: "relay-worker", dependencies: ["Engine", "Relay", "WorkerMain"],
        path: "Tests/Benchmarks/RelayWorker",
        swiftSettings: settings),
    .executableTarget(
        name: "turn-benchmark",
        dependencies: ["Engine", "Relay", "SQLiteStore", "Vocabulary", "Wire"],
        path: "Tests/Benchmarks/TurnBenchmark", swiftSettings: settings),
    .executableTarget(
        name: "benchmark", dependencies: ["AMQP"], path: "Tests/Benchmarks/Benchmark", swiftSettings: settings
    ),
    .executableTarget(
        name: "fleet-benchmark", dependencies: ["AMQP", "BrokerSupport", "StrictJSON"],
        path: "Tests/Benchmarks/FleetBenchmark", swiftSettings: settings),
]

// MARK: - Tests: a folder mirrors each target

@MainActor func tests(_ name: String, of dependencies: [Target.Dependency], resources: [Resource] = []) {
    package.targets.append(
        .testTarget(
            name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)Tests",
            resources: resources,
            swiftSettings: settings))
}

tests("StrictJSON", of: ["StrictJSON", "Vocabulary"])
tests("StrictYAML", of: ["StrictYAML"])
tests("Vocabulary", of: ["StrictJSON", "Vocabulary"])
tests("DirectoryFile", of: ["DirectoryFile", "StrictJSON", "Vocabulary"])

package.targets.append(
    .target(name: "BrokerSupport", path: "Tests/Support/BrokerSupport", swiftSettings: settings))
tests(
    "WorkerMain",
    of: [
        "AMQP", "Engine", "Rehearsal", "SQLiteStore", "StrictJSON", "Vocabulary", "Wire", "WorkerKit",
        "WorkerMain", "baton-cancellation",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle"),
    ], resources: [.copy("Approved")])
tests(
    "Store",
    of: [
        "CSQLite", "Engine", "Rehearsal", "SQLiteStore", "StrictJSON", "Vocabulary", "Wire",
    ], resources: [.copy("Approved")])
tests(
    "Broker", of: ["AMQP", "BrokerSupport", "Engine", "RabbitMQBroker", "Rehearsal", "Vocabulary", "Wire"])
tests("Wire", of: ["StrictJSON", "Vocabulary", "Wire"])
tests("WorkerKit", of: ["StrictJSON", "Vocabulary", "WorkerKit"])
package.targets.append(
    .target(
        name: "EngineBench",
        dependencies: ["Engine", "Rehearsal", "StrictJSON", "Vocabulary", "Wire", "WorkerKit"],
        path: "Tests/Support/EngineBench", swiftSettings: settings))
package.targets.append(
    .target(
        name: "Voyage",
        dependencies: ["Engine", "Rehearsal", "StrictJSON", "Vocabulary", "Wire", "WorkerKit"],
        path: "Tests/Support/Voyage", swiftSettings: settings))
tests(
    "Engine",
    of: [
        "Cancellation", "Engine", "EngineBench", "Rehearsal", "StrictJSON", "Vocabulary", "Voyage", "Wire",
        "WorkerKit",
    ])
tests(
    "Workers",
    of: [
        "Cancellation", "CancellationMessages", "EMSReinstatement", "EMSReinstatementMessages", "Engine",
        "EngineBench", "LicenceSwapper", "LicenceSwapperMessages", "Notifier", "NotifierMessages", "Ordering",
        "OrderingMessages", "StrictJSON", "VOProvisioning", "VOProvisioningMessages", "Vocabulary", "Wire",
        "WorkerKit",
    ], resources: [.copy("Approved")])
tests("House", of: [])
tests("AMQP", of: ["AMQP", "BrokerSupport", "Vocabulary"])
package.targets.append(
    .target(name: "MailboxSupport", path: "Tests/Support/MailboxSupport", swiftSettings: settings))
tests("SMTP", of: ["BrokerSupport", "MailboxSupport", "SMTP"])
tests(
    "MailWorld",
    of: [
        "BrokerSupport", "Engine", "MailWorld", "MailboxSupport", "SMTP", "StrictJSON", "Vocabulary", "Wire",
    ],
    resources: [.copy("Templates")])
package.targets.append(
    .executableTarget(
        name: "poisoned-worker", dependencies: ["Engine", "Vocabulary", "WorkerKit", "WorkerMain"],
        path: "Tests/Support/PoisonedWorker", swiftSettings: settings))
package.targets.append(
    .target(
        name: "StoryRules", dependencies: ["LedgerMessages", "StrictJSON", "Vocabulary", "Wire"],
        path: "Tests/Support/StoryRules", swiftSettings: sealed))
tests(
    "StoryRules",
    of: ["DirectoryFile", "LedgerMessages", "StoryRules", "StrictJSON", "Vocabulary", "Wire"])
// Loaded in front of a worker's libraries, never linked.
package.targets.append(.target(name: "CrashPoints", path: "Tests/Support/CrashPoints"))
package.products.append(.library(name: "crash-points", type: .dynamic, targets: ["CrashPoints"]))
tests(
    "Live",
    of: [
        "AMQP", "BrokerSupport", "DirectoryFile", "LedgerMessages", "MailboxSupport", "StoryRules",
        "StrictJSON", "Vocabulary", "Wire", "poisoned-worker", "baton", "baton-cancellation",
        "baton-ems-reinstatement",
        "baton-ledger", "baton-licence-swapper", "baton-notifier", "baton-ordering", "baton-vo-provisioning",
    ])
package.targets.append(
    .target(
        name: "ToyDirectory", dependencies: ["DirectoryFile", "Vocabulary"],
        path: "Tests/Support/ToyDirectory", swiftSettings: settings))
tests(
    "Ledger",
    of: [
        "AMQP", "BrokerSupport", "Engine", "Ledger", "LedgerMessages", "SQLiteStore", "StrictJSON",
        "ToyDirectory", "Vocabulary", "Wire", "WorkerKit", "baton", "baton-ledger",
    ])
tests(
    "TopologyKit",
    of: [
        "DirectoryFile", "Fleet", "StrictJSON", "TopologyKit", "ToyDirectory", "Vocabulary", "Wire",
        "WorkerKit",
    ])
tests(
    "BatonCommand",
    of: [
        "AMQP", "BatonCommand", "BrokerSupport", "DirectoryFile", "LedgerMessages", "StrictJSON",
        "TopologyKit", "ToyDirectory", "Vocabulary", "Wire", "WorkerKit", "baton",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ], resources: [.copy("Approved")])
tests(
    "Rights",
    of: [
        "AMQP", "BatonCommand", "BrokerSupport", "DirectoryFile", "Fleet", "TopologyKit", "ToyDirectory",
        "Vocabulary", "WorkerKit",
    ])

package.targets.append(
    .executableTarget(
        name: "RehearsalDigest", dependencies: ["Rehearsal", "Scenarios"],
        path: "Tests/Support/RehearsalDigest", swiftSettings: settings))
tests(
    "Rehearsal",
    of: [
        "CancellationMessages", "EMSReinstatementMessages", "Engine", "Ledger", "LedgerMessages",
        "LicenceSwapperMessages", "NotifierMessages", "OrderingMessages", "Rehearsal", "RehearsalDigest",
        "Scenarios", "StoryRules", "StrictJSON", "VOProvisioningMessages", "Vocabulary", "Voyage", "Wire",
        "WorkerKit",
    ])

package.targets.append(
    .executableTarget(
        name: "fuzz",
        dependencies: [
            "AMQP", "BatonCommand", "Cancellation", "CancellationMessages", "DirectoryFile",
            "EMSReinstatementMessages", "Engine", "EngineBench", "Fleet", "Ledger", "LedgerMessages",
            "LicenceSwapperMessages", "MailWorld", "NotifierMessages", "OrderingMessages", "RabbitMQBroker",
            "StrictJSON", "VOProvisioningMessages", "Vocabulary", "Wire", "WorkerKit", "WorkerMain",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ], path: "Tests/Fuzz", swiftSettings: settings))
tests("Fuzz", of: ["fuzz"])
