import BrokerSupport
import Testing

@testable import BatonCommand

@Suite("The management API")
struct ManagementTests {
    @Test(
        "An address is a URL of a place, and holds no login",
        arguments: [
            "http://guest:guest@localhost:15672", "http://guest@localhost", "localhost:15672",
            "amqp://localhost",
            "http://", "", "http://localhost/?a=b", "http://localhost/#a",
        ])
    func wrongAddress(text: String) { #expect(ManagementAddress(argument: text) == nil) }

    @Test("Whatever a name holds stays within its part of a URL")
    func escaping() throws {
        let address = try #require(ManagementAddress(argument: "https://broker.example.com/rabbit/"))
        #expect(
            address.resource(["queues", "/", "a b/../ü?#%"])
                == "https://broker.example.com/rabbit/api/queues/%2F/a%20b%2F..%2F%C3%BC%3F%23%25")
    }

    @Test("Where nobody listens, the error names the place and exits with 69")
    func unreachable() async throws {
        let address = try #require(ManagementAddress(argument: "http://127.0.0.1:1"))
        let api = BatonCommand.ManagementAPI(at: address, as: .init(name: "admin", password: "top-secret"))
        let error = await #expect(throws: ManagementError.self) { try await api.requireAdministrator() }
        #expect(error?.exitStatus == .unreachable)
        #expect(error?.description.contains("http://127.0.0.1:1/api/whoami") == true)
        #expect(error?.description.contains("top-secret") == false)
    }

    @Test("A wrong password is told at once and without it, and exits with 77")
    func wrongPassword() async throws {
        let api = try api("guest", "top-secret")
        let error = await #expect(throws: ManagementError.self) { try await api.requireAdministrator() }
        #expect(error?.exitStatus == .notAllowed)
        #expect(error?.description.contains(#"refused the login of "guest""#) == true)
        #expect(error?.description.contains("top-secret") == false)
    }

    @Test("A user who may look and not change is told which tag is missing")
    func noAdministrator() async throws {
        let management = try SharedBroker().management
        try management.setUser("onlooker", password: "x", tags: "monitoring")
        defer { try? management.deleteUser("onlooker") }
        let api = try api("onlooker", "x")
        let error = await #expect(throws: ManagementError.self) { try await api.requireAdministrator() }
        #expect(error?.exitStatus == .notAllowed)
        #expect(error?.description.contains(#"the tag "administrator""#) == true)
    }

    private func api(_ user: String, _ password: String) throws -> BatonCommand.ManagementAPI {
        let address = try #require(ManagementAddress(argument: SharedBroker().management.url))
        return BatonCommand.ManagementAPI(at: address, as: .init(name: user, password: password))
    }
}
