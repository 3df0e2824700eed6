import BrokerSupport
import Foundation
import StrictJSON
import Testing
import TopologyKit
import WorkerKit

@testable import BatonCommand

extension AtABroker {
    @Suite("Applying a topology to a real broker")
    struct RolloutTests {
        @Test("Applying creates everything, and applying again changes nothing")
        func idempotent() async throws {
            try await Lab.run { lab in
                try lab.host.remove()
                let first = try await lab.apply(harbour())
                #expect(first.allSatisfy { $0.action == .created })
                #expect(try first.count == 1 + harbour().items.count + 3)
                #expect(try await lab.apply(harbour()) == [])
                #expect(try await lab.verify(harbour()) == [])
            }
        }

        @Test("A dry run tells what applying then does, and does nothing")
        func dryRun() async throws {
            try await Lab.run { lab in
                try lab.host.remove()
                let told = try await lab.apply(harbour(), isDryRun: true)
                #expect(try await lab.verify(harbour()) == ["virtual host \(lab.name) is missing"])
                #expect(!FileManager.default.fileExists(atPath: lab.folder))
                #expect(try await lab.apply(harbour()) == told)
            }
        }

        @Test(
            "Rights are there before a queue is, topic permissions before the permission, and passwords come last"
        )
        func order() async throws {
            try await Lab.run { lab in
                let changes = try await lab.apply(harbour()).map(\.description)
                func first(_ prefix: String) throws -> Int {
                    try #require(changes.firstIndex { $0.hasPrefix("created \(prefix)") })
                }
                func last(_ prefix: String) throws -> Int {
                    try #require(changes.lastIndex { $0.hasPrefix("created \(prefix)") })
                }
                #expect(try last("topic permission of harbour") < first("permission of harbour"))
                #expect(try last("permission of") < first("queue"))
                #expect(try last("policy") < first("queue"))
                #expect(try last("binding") < first("password"))
            }
        }

        @Test("Each new user gets a password of its own, in a file that only its owner can read")
        func passwords() async throws {
            try await Lab.run { lab in
                _ = try await lab.apply(harbour())
                var passwords: Set<String> = []
                for user in ["harbour", "ledger", "pilot"] {
                    let file = "\(lab.folder)/\(user)"
                    let mode =
                        try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
                    #expect(mode?.intValue == 0o600)
                    let password = try String(contentsOfFile: file, encoding: .utf8)
                    #expect(password.count == 43)
                    #expect(try await lab.canLogIn(user, password))
                    passwords.insert(password)
                }
                #expect(passwords.count == 3)
                #expect(try FileManager.default.contentsOfDirectory(atPath: lab.folder).count == 3)
            }
        }

        @Test(
            "Without a folder for passwords a new user cannot log in, and gets its password once there is one"
        )
        func passwordLater() async throws {
            try await Lab.run { lab in
                let changes = try await lab.apply(harbour(), passwords: false)
                #expect(
                    changes.filter { $0.action == .kept }.map(\.object) == [
                        "user harbour", "user ledger", "user pilot",
                    ])
                #expect(try await !lab.canLogIn("harbour", ""))
                let later = try await lab.apply(harbour())
                #expect(
                    later.map(\.object) == ["password of harbour", "password of ledger", "password of pilot"])
                let password = try PasswordFolder(path: lab.folder).password(of: "harbour")
                #expect(try await lab.canLogIn("harbour", password))
            }
        }

        @Test("A user that lost its broker gets the password back that its service has")
        func passwordAgain() async throws {
            try await Lab.run { lab in
                _ = try await lab.apply(harbour())
                let password = try PasswordFolder(path: lab.folder).password(of: "harbour")
                try await lab.plant(.delete, ["users", "harbour"])
                let changes = try await lab.apply(harbour())
                #expect(changes.contains { $0.object == "password of harbour" })
                #expect(try await lab.canLogIn("harbour", password))
            }
        }

        @Test("A rotated password counts from the next login on, and stands in the user's file")
        func rotation() async throws {
            try await Lab.run { lab in
                _ = try await lab.apply(harbour())
                let folder = PasswordFolder(path: lab.folder)
                let old = try folder.password(of: "pilot")
                let changes = try await lab.apply(harbour(), rotating: ["pilot"])
                #expect(changes.map(\.object) == ["password of pilot"])
                let new = try folder.password(of: "pilot")
                #expect(new != old)
                #expect(try await lab.canLogIn("pilot", new))
                #expect(try await !lab.canLogIn("pilot", old))
            }
        }

        @Test("A password of nobody is not renewed, nor one that would be lost; nothing is changed")
        func rotationOfNobody() async throws {
            try await Lab.run { lab in
                await #expect(throws: RotationFault.unknown("pilto", known: ["harbour", "ledger", "pilot"])) {
                    try await lab.apply(harbour(), rotating: ["pilto"])
                }
                await #expect(throws: RotationFault.nowhere("pilot")) {
                    try await lab.apply(harbour(), passwords: false, rotating: ["pilot"])
                }
                let missing = try await lab.verify(harbour())
                #expect(missing.count > 1)
            }
        }

        @Test("What is no longer declared goes: queues, bindings, policies, users with their rights")
        func removal() async throws {
            try await Lab.run { lab in
                _ = try await lab.apply(harbourWithFerry())
                let changes = try await lab.apply(harbour())
                #expect(
                    Set(changes.map(\.description)) == [
                        "removed binding baton.redrive → baton.ferry (ferry)",
                        "removed binding baton.dead → baton.ferry.dead (ferry)",
                        "removed queue baton.ferry", "removed queue baton.ferry.dead",
                        "removed policy baton.ferry",
                        "removed policy baton.ferry.dead", "removed user ferry", "removed user purser",
                        #"changed permission of ledger: permission of ledger: read is "^(baton\\.ferry\\.dead|"#
                            + #"baton\\.harbour\\.dead|baton\\.ledger|baton\\.ledger\\.dead|baton\\.unheard)\\z", "#
                            + #"declared is "^(baton\\.harbour\\.dead|baton\\.ledger|baton\\.ledger\\.dead|"#
                            + #"baton\\.unheard)\\z""#,
                        "changed topic permission of ledger on baton.redrive: topic permission of ledger on "
                            + #"baton.redrive: write is "^(ferry|harbour|ledger)\\z", "#
                            + #"declared is "^(harbour|ledger)\\z""#,
                    ])
                #expect(try await lab.verify(harbour()) == [])
            }
        }

        @Test("A queue that holds a message is never removed, nor its policy, however fresh the message is")
        func queueWithMessage() async throws {
            try await Lab.run { lab in
                _ = try await lab.apply(harbourWithFerry())
                try await lab.put(into: "baton.ferry.dead")
                let changes = try await lab.apply(harbour())
                let kept = changes.filter { $0.action == .kept }.map(\.object)
                #expect(Set(kept) == ["queue baton.ferry.dead", "policy baton.ferry.dead"])
                let inForce = try await lab.api.topology(of: lab.name).policiesInForce
                #expect(
                    inForce.contains {
                        $0.object.names == ["baton.ferry.dead"] && $0.policy == "baton.ferry.dead"
                    })
                // The message is still there, and in its place.
                let look: JSON = ["count": 9, "ackmode": "ack_requeue_true", "encoding": "auto"]
                let found = try await lab.api.send(
                    .post, ["queues", lab.name, "baton.ferry.dead", "get"], body: look)
                #expect(found.arrayValue?.map { $0["payload"] } == ["x"])
                try await lab.plant(.delete, ["queues", "*", "baton.ferry.dead", "contents"])
                let rest = try await lab.apply(harbour()).map(\.description)
                #expect(Set(rest) == ["removed queue baton.ferry.dead", "removed policy baton.ferry.dead"])
            }
        }

        @Test(
            "A queue that somebody consumes from is never removed, for its last message may be in his hands")
        func queueWithConsumer() async throws {
            try await Lab.run { lab in
                _ = try await lab.apply(harbourWithFerry())
                try await lab.put(into: "baton.ferry")
                try await lab.consuming("baton.ferry") {
                    let changes = try await lab.apply(harbour(), pauses: true)
                    let kept = changes.filter { $0.action == .kept }.map(\.object)
                    #expect(Set(kept) == ["queue baton.ferry", "policy baton.ferry"])
                }
            }
        }

        @Test("A user that is still declared in another virtual host loses only its rights in this one")
        func userElsewhere() async throws {
            try await Lab.run { lab in
                try await Lab.run(beside: lab) { other in
                    _ = try await other.apply(harbourWithFerry())
                    _ = try await lab.apply(harbourWithFerry())
                    let changes = try await lab.apply(harbour()).map(\.description)
                    #expect(changes.contains("removed permission of ferry"))
                    #expect(!changes.contains("removed user ferry"))
                    #expect(try await other.verify(harbourWithFerry()) == [])
                    #expect(try await lab.verify(harbour()) == [])
                }
            }
        }

        @Test("An administrator that has a declared user's name is left alone")
        func administrator() async throws {
            try await Lab.run { lab in
                try await lab.plant(
                    .put, ["users", "captain"], ["password": "secret", "tags": "administrator"])
                let topology = try Topology(
                    fleet: [.init(Harbour.self)],
                    directory: harbourDirectory(users: "[{name: captain, team: pier, roles: team}]"))
                let changes = try await lab.apply(topology)
                #expect(changes.filter { $0.action == .kept }.map(\.object) == ["user captain"])
                #expect(!changes.contains { $0.object.contains("permission of captain") })
                #expect(try await lab.canLogIn("captain", "secret"))
                #expect(
                    try await lab.verify(topology) == [
                        """
                        user captain: tags is ["administrator"], declared is ["baton"]; its rights are left alone; rename \
                        it in the directory, or take its tags away
                        """
                    ])
            }
        }

        @Test(
            "A user that somebody made beforehand gets its rights, keeps its password, and is never removed")
        func userMadeBeforehand() async throws {
            try await Lab.run { lab in
                try await lab.plant(.put, ["users", "purser"], ["password": "secret", "tags": ""])
                _ = try await lab.apply(harbourWithFerry())
                #expect(try await lab.verify(harbourWithFerry()) == [])
                #expect(try await lab.canLogIn("purser", "secret"))
                let changes = try await lab.apply(harbour())
                #expect(changes.filter { $0.action == .kept }.map(\.object) == ["permission of purser"])
                #expect(try await lab.canLogIn("purser", "secret"))
            }
        }

        @Test("RabbitMQ imports the definitions as they are, and has then what is declared")
        func importing() async throws {
            try await Lab.run { lab in
                let definitions = try harbour().definitions(virtualHost: lab.name)
                try await lab.plant(.post, ["definitions"], definitions)
                #expect(try await lab.verify(harbour()) == [])
                #expect(try await !lab.canLogIn("harbour", ""))
            }
        }
    }
}
