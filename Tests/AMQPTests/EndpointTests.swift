import AMQP
import Testing

@Suite struct EndpointTests {
    @Test("A URL names host, port, virtual host and login")
    func whole() throws {
        let endpoint = try Endpoint(url: "amqp://worker:secret@broker.example:5699/orders")
        #expect(endpoint.host == "broker.example")
        #expect(endpoint.port == 5699)
        #expect(endpoint.virtualHost == "orders")
        #expect(!endpoint.isEncrypted)
        #expect(endpoint.credentials == Credentials(user: "worker", password: "secret"))
    }

    @Test(
        "What a URL leaves out has AMQP's defaults",
        arguments: [
            ("amqp://broker", 5672, "/"), ("amqps://broker", 5671, "/"), ("amqp://broker/", 5672, "/"),
            ("amqp://broker/%2F", 5672, "/"), ("amqps://broker/a", 5671, "a"),
        ])
    func defaults(_ url: String, _ port: Int, _ virtualHost: String) throws {
        let endpoint = try Endpoint(url: url)
        #expect(endpoint.port == port)
        #expect(endpoint.virtualHost == virtualHost)
        #expect(endpoint.credentials == nil)
    }

    @Test("Login and virtual host are percent-decoded")
    func decoded() throws {
        let endpoint = try Endpoint(url: "amqp://a%40b:p%3A%2F%25@broker/a%2Fb%20c")
        #expect(endpoint.credentials == Credentials(user: "a@b", password: "p:/%"))
        #expect(endpoint.virtualHost == "a/b c")
    }

    @Test(
        "A URL that cannot work is refused, and its password stays out of the reason",
        arguments: [
            "", "broker", "http://u:hunter2@broker", "amqp://u:hunter2@", "amqp:///orders",
            "amqp://u:hunter2@broker:0", "amqp://u:hunter2@broker:70000", "amqp://u:hunter2@broker/a/b",
            "amqp://u:hunter2@broker/a?heartbeat=3", "amqp://u:hunter2@bro ker", "amqp://u:hunter2",
            "amqp://u:hunter2@broker:x", "amqp://u:hunter2@broker/%zz", "amqp://u:hunter2@broker/a#b",
        ])
    func refused(_ url: String) throws {
        let error = #expect(throws: AMQPError.self) { try Endpoint(url: url) }
        #expect(error.map { !"\($0)".contains("hunter2") } == true)
    }

    @Test("A password is in no description, dump or mirror")
    func secret() throws {
        let endpoint = try Endpoint(url: "amqp://worker:hunter2@broker/orders")
        let options = ConnectionOptions(
            endpoints: [endpoint], credentials: endpoint.credentials, name: "test")
        var dumped = ""
        dump(options, to: &dumped)
        for text in ["\(endpoint)", String(reflecting: endpoint), "\(options)", dumped] {
            #expect(!text.contains("hunter2"))
        }
        #expect("\(endpoint)".contains("broker:5672"))
    }
}
