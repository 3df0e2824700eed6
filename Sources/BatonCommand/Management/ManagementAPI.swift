internal import Foundation
internal import FoundationNetworking
internal import StrictJSON

/// RabbitMQ's management API: the only way to users, rights and policies, which AMQP does not know.
struct ManagementAPI: Sendable {
    /// An HTTP method.
    enum Method: String {
        case get = "GET"
        case put = "PUT"
        case post = "POST"
        case delete = "DELETE"
    }

    private let address: ManagementAddress
    private let login: AdministratorLogin
    private let session: URLSession

    /// Speaks to the API at an address; nothing is sent yet.
    init(at address: ManagementAddress, as login: AdministratorLogin) {
        self.address = address
        self.login = login
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = Limits.requestTimeoutSeconds
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        session = URLSession(configuration: configuration, delegate: LoginRefusal(), delegateQueue: nil)
    }

    /// Makes sure that the login is right and may do everything.
    func requireAdministrator() async throws(ManagementError) {
        let url = address.resource(["whoami"])
        let tags: [JSON]
        do {
            tags = try await send(.get, ["whoami"])["tags"]?.arrayValue ?? []
        } catch .notAllowed {
            throw .loginRefused(url: url, user: login.name)
        }
        guard tags.contains("administrator") else {
            throw .notAllowed(url: url, user: login.name, remedy: "give the user the tag \"administrator\"")
        }
    }

    /// Sends one request.
    ///
    /// - Parameters:
    ///   - method: what to do.
    ///   - path: the resource below `/api`, component by component.
    ///   - query: the query with its question mark, if any.
    ///   - body: the document to send.
    /// - Returns: the document answered; `null` where there is none.
    @discardableResult
    func send(
        _ method: Method, _ path: [String], query: String = "", body: JSON? = nil
    ) async throws(ManagementError) -> JSON {
        let url = address.resource(path, query: query)
        let (status, answer) = try await exchange(method, url, body)
        switch status {
        case 200..<300:
            guard !answer.isEmpty else { return .null }
            do {
                return try JSON(parsing: Array(answer), maxBytes: Limits.answerBytes)
            } catch {
                throw .unexpected(url: url, status: status, answer: "\(error)")
            }
        case 401, 403: throw notAllowed(url)
        case 404: throw .notFound(url: url)
        default:
            let said = String(decoding: answer, as: UTF8.self).prefix(Limits.shownCharacters)
            throw .unexpected(url: url, status: status, answer: String(said))
        }
    }

    private func exchange(
        _ method: Method, _ url: String, _ body: JSON?
    ) async throws(ManagementError) -> (status: Int, answer: Data) {
        guard let place = URL(string: url) else { throw .unreachable(url: url, why: "this is no URL") }
        var request = URLRequest(url: place)
        request.httpMethod = method.rawValue
        request.setValue(login.authorization, forHTTPHeaderField: "Authorization")
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = body.map { Data($0.serialized()) }
        do {
            let (answer, response) = try await session.data(for: request)
            return ((response as? HTTPURLResponse)?.statusCode ?? 0, answer)
        } catch let error as URLError where error.code == .cancelled {
            throw notAllowed(url)
        } catch {
            throw .unreachable(url: url, why: error.localizedDescription)
        }
    }

    private func notAllowed(_ url: String) -> ManagementError {
        .notAllowed(url: url, user: login.name, remedy: "give the user rights in the virtual host")
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
