import Foundation
import FoundationNetworking
import Synchronization

/// RabbitMQ's HTTP API as its administrator; blocks until the broker has answered.
public struct ManagementAPI: Sendable {
    /// Where it listens, such as `http://127.0.0.1:15672`.
    public let url: String

    /// Speaks to it there.
    public init(url: String) { self.url = url }

    /// Sends a request and expects success.
    ///
    /// - Parameters:
    ///   - path: below `/api/`, each part percent-encoded.
    ///   - body: becomes JSON.
    /// - Returns: the answer as JSON, or null without one.
    @discardableResult
    public func request(_ method: String, _ path: String, _ body: [String: Any]? = nil) throws -> Any {
        let (status, data) = try send(method, path, body)
        guard (200..<300).contains(status) else {
            let text = String(decoding: data, as: UTF8.self)
            throw BrokerSupportError("\(method) /api/\(path) at \(url) ended with \(status): \(text)")
        }
        return data.isEmpty ? NSNull() : try JSONSerialization.jsonObject(with: data)
    }

    private func send(_ method: String, _ path: String, _ body: [String: Any]?) throws -> (Int, Data) {
        guard let address = URL(string: "\(url)/api/\(path)") else {
            throw BrokerSupportError("\(url)/api/\(path) is no URL")
        }
        var request = URLRequest(url: address, timeoutInterval: 30)
        request.httpMethod = method
        request.setValue(
            "Basic \(Data("guest:guest".utf8).base64EncodedString())", forHTTPHeaderField: "Authorization")
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        if let body { request.httpBody = try JSONSerialization.data(withJSONObject: body) }

        let answered = DispatchSemaphore(value: 0)
        let answer = Mutex<Result<(Int, Data), any Error>?>(nil)
        let session = URLSession(configuration: .ephemeral, delegate: LoginRefusal(), delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        let task = session.dataTask(with: request) { data, response, error in
            answer.withLock {
                $0 =
                    if let response = response as? HTTPURLResponse {
                        .success((response.statusCode, data ?? Data()))
                    } else if (error as? URLError)?.code == .cancelled {
                        .failure(BrokerSupportError("\(address) refused the login of guest"))
                    } else {
                        .failure(error ?? BrokerSupportError("no answer from \(address)"))
                    }
            }
            answered.signal()
        }
        task.resume()
        answered.wait()
        guard let result = answer.withLock({ $0 }) else {
            throw BrokerSupportError("no answer from \(address)")
        }
        return try result.get()
    }
}

/// Takes a 401 for an answer: left to itself, URLSession on Linux looks for another login and never returns.
///
/// The request then ends as cancelled, which nothing else here does.
private final class LoginRefusal: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        completionHandler(.rejectProtectionSpace, nil)
    }
}

extension ManagementAPI {
    /// Creates a user, or sets the password of one.
    public func setUser(_ name: String, password: String, tags: String = "") throws {
        try request("PUT", "users/\(name.escaped)", ["password": password, "tags": tags])
    }

    /// Removes a user.
    public func deleteUser(_ name: String) throws {
        try request("DELETE", "users/\(name.escaped)")
    }

    /// The names that clients gave their connections (`connection_name`).
    public func connectionNames() throws -> [String] {
        let connections = try request("GET", "connections") as? [[String: Any]] ?? []
        return connections.compactMap { connection in
            (connection["client_properties"] as? [String: Any])?["connection_name"] as? String
        }
    }
}

extension String {
    /// As one part of a URL's path.
    var escaped: String {
        addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~")))
            ?? self
    }
}
