internal import CCurl
import Glibc

/// One libcurl handle for one mail, freed with it.
struct Transfer: ~Copyable {
    /// How libcurl says it ended.
    struct End {
        let code: CURLcode
        /// libcurl's own words.
        let words: String
        /// The system's reason; 0 where there is none.
        let systemError: Int32
    }

    private let handle: UnsafeMutableRawPointer
    private var recipients: UnsafeMutablePointer<curl_slist>?
    private let errors = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private let dialogue: Dialogue

    /// libcurl wants this once, before any thread uses it.
    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Prepares to send a mail.
    init(_ mail: Mail, to server: SMTPServer, within timeout: Duration) {
        guard Self.isReady, let handle = curl_easy_init() else { fatalError("no memory for a mail") }
        self.handle = handle
        errors.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        let bytes = MailWriter.bytes(of: mail)
        dialogue = Dialogue(mail: bytes)
        recipients = curl_slist_append(nil, "<\(mail.to.address)>")
        prepare(server, within: timeout)
        set(CURLOPT_MAIL_FROM, "<\(mail.from.address)>")
        require(baton_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients))
        set(CURLOPT_UPLOAD, 1)
        require(baton_curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(bytes.count)))
        listen()
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(recipients)
        errors.deallocate()
    }

    /// Does it; blocks.
    func perform() -> (End, Dialogue) {
        let code = withoutBrokenPipes { curl_easy_perform(handle) }
        let words = String(cString: errors)
        let end = End(
            code: code, words: words.isEmpty ? String(cString: curl_easy_strerror(code)) : words,
            systemError: Int32(clamping: baton_curl_os_errno(handle)))
        return (end, dialogue)
    }

    private func prepare(_ server: SMTPServer, within timeout: Duration) {
        let bounded = min(max(timeout, Limits.timeout.lowerBound), Limits.timeout.upperBound)
        set(CURLOPT_URL, server.url)
        set(CURLOPT_TIMEOUT_MS, Int(bounded / .milliseconds(1)))
        // Signals belong to the program: a time-out of DNS comes without one.
        set(CURLOPT_NOSIGNAL, 1)
        // The environment's proxies are not for mail.
        set(CURLOPT_PROXY, "")
        // Good-bye is then said within perform, where we hear it.
        set(CURLOPT_FORBID_REUSE, 1)
        require(baton_curl_set_buffer(handle, CURLOPT_ERRORBUFFER, errors))
        if server.security != .plain {
            set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue))
            set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
            set(CURLOPT_SSL_VERIFYPEER, 1)
            set(CURLOPT_SSL_VERIFYHOST, 2)
            if let file = server.authorityFile { set(CURLOPT_CAINFO, file) }
        }
        if let login = server.login {
            set(CURLOPT_USERNAME, login.user)
            set(CURLOPT_PASSWORD, login.password)
        }
    }

    /// Has libcurl tell what is said, take the mail from us, and not wait long for an answer to good-bye.
    private func listen() {
        let context = Unmanaged.passUnretained(dialogue).toOpaque()
        set(CURLOPT_VERBOSE, 1)
        require(baton_curl_set_context(handle, CURLOPT_DEBUGDATA, context))
        require(
            baton_curl_set_debug(handle) { _, kind, text, count, context in
                guard let text, let context else { return 0 }
                let dialogue = Unmanaged<Dialogue>.fromOpaque(context).takeUnretainedValue()
                let line = {
                    String(decoding: UnsafeRawBufferPointer(start: text, count: count), as: UTF8.self)
                }
                switch kind {
                case CURLINFO_HEADER_OUT: dialogue.said(line())
                case CURLINFO_HEADER_IN: dialogue.heard(line())
                default: break
                }
                return 0
            })
        require(baton_curl_set_context(handle, CURLOPT_READDATA, context))
        require(
            baton_curl_set_read(handle) { buffer, size, count, context in
                guard let context else { return 0 }
                let dialogue = Unmanaged<Dialogue>.fromOpaque(context).takeUnretainedValue()
                return dialogue.next(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
            })
        // The time-out does not hold for good-bye; libcurl asks here about once a second.
        set(CURLOPT_NOPROGRESS, 0)
        require(baton_curl_set_context(handle, CURLOPT_XFERINFODATA, context))
        require(
            baton_curl_set_progress(handle) { context, _, _, _, _ in
                guard let context else { return 0 }
                return Unmanaged<Dialogue>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
            })
    }

    private func set(_ option: CURLoption, _ text: String) {
        require(baton_curl_set_text(handle, option, text))
    }

    private func set(_ option: CURLoption, _ number: Int) {
        require(baton_curl_set_number(handle, option, number))
    }

    private func require(_ code: CURLcode) {
        precondition(
            code == CURLE_OK, "libcurl lacks what mail needs: \(String(cString: curl_easy_strerror(code)))")
    }

    /// Keeps SIGPIPE from this thread: with NOSIGNAL libcurl leaves it to us, and OpenSSL may write to a connection
    /// that is gone.
    private func withoutBrokenPipes<Result>(_ body: () -> Result) -> Result {
        var pipe = sigset_t()
        var before = sigset_t()
        sigemptyset(&pipe)
        sigaddset(&pipe, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &pipe, &before)
        let result = body()
        if sigismember(&before, SIGPIPE) == 0 {
            // One that came meanwhile is taken off, before it can be delivered.
            var now = timespec()
            while sigtimedwait(&pipe, nil, &now) == SIGPIPE {}
        }
        pthread_sigmask(SIG_SETMASK, &before, nil)
        return result
    }
}
