import CCurl
import Foundation
import Rights

/// The libcurl handle and its settings.
///
/// `@unchecked Sendable`: the handle is touched only in `send`, `greet` and `close`, which `SMTPTransport` runs on a pool of
/// exactly one thread, one after the other; everything else is immutable.
final class SMTPSession: @unchecked Sendable {
    private let server: SMTPServer
    private let sender: Sender
    private var handle: UnsafeMutableRawPointer?

    init(server: SMTPServer, sender: Sender) {
        // Counted by libcurl and safe to repeat; before any handle is made.
        curl_global_init(Int(CURL_GLOBAL_DEFAULT))
        self.server = server
        self.sender = sender
    }

    deinit {
        close()
        curl_global_cleanup()
    }

    func close() {
        curl_easy_cleanup(handle)
        handle = nil
    }

    func send(_ composed: [UInt8], to recipient: EmailAddress) -> Result<Void, DeliveryFailure> {
        guard let handle = fresh() else { return .failure(Self.notStarted) }
        let recipients = curl_slist_append(nil, "<\(recipient.text)>")
        defer { curl_slist_free_all(recipients) }
        let patience = UnsafeMutablePointer<ccurl_patience>.allocate(capacity: 1)
        patience.initialize(
            to: ccurl_patience(
                handle: handle, size: curl_off_t(composed.count - 5), most: curl_off_t(server.patience) * 1_000_000))
        defer { patience.deallocate() }
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        defer { words.deallocate() }

        return composed.withUnsafeBytes { bytes in
            // The default reader reads a C file; this one is over the mail's bytes in memory.
            guard let start = bytes.baseAddress,
                let file = fmemopen(UnsafeMutableRawPointer(mutating: start), bytes.count, "r")
            else { return .failure(.passing("There is no memory for the mail.")) }
            defer { fclose(file) }
            guard setConnection(of: handle, words), setMail(of: handle, recipients, file, size: bytes.count),
                ccurl_set_patience(handle, patience) == CURLE_OK
            else { return .failure(Self.notAble) }
            let code = curl_easy_perform(handle)
            var reply = 0
            ccurl_response_code(handle, &reply)
            // What it was given goes away now; a kept connection must not remember it.
            ccurl_set_long(handle, CURLOPT_NOPROGRESS, 1)
            ccurl_set_pointer(handle, CURLOPT_READDATA, nil)
            ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, nil)
            guard code != CURLE_OK else { return .success(()) }
            return .failure(failure(code, reply: reply, words: String(cString: words)))
        }
    }

    /// Connects, encrypts and signs in as for a mail, and sends none.
    func greet() -> Result<Void, DeliveryFailure> {
        guard let handle = fresh() else { return .failure(Self.notStarted) }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(CURL_ERROR_SIZE)) { words in
            words.initialize(repeating: 0)
            guard let words = words.baseAddress, setConnection(of: handle, words),
                ccurl_set_text(handle, CURLOPT_CUSTOMREQUEST, "NOOP") == CURLE_OK,
                ccurl_set_long(handle, CURLOPT_NOBODY, 1) == CURLE_OK,
                ccurl_set_long(handle, CURLOPT_TIMEOUT, server.patience) == CURLE_OK
            else { return .failure(Self.notAble) }
            let code = curl_easy_perform(handle)
            var reply = 0
            ccurl_response_code(handle, &reply)
            ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, nil)
            guard code != CURLE_OK else { return .success(()) }
            return .failure(failure(code, reply: reply, words: String(cString: words)))
        }
    }

    private static let notStarted = DeliveryFailure.passing("libcurl could not be started.")
    private static let notAble = DeliveryFailure.misconfigured("This libcurl has no mail or no TLS in it.")

    /// The handle without the options of what was done before, but with its connection.
    private func fresh() -> UnsafeMutableRawPointer? {
        handle = handle ?? curl_easy_init()
        if let handle { curl_easy_reset(handle) }
        return handle
    }

    /// Sets how the server is reached; false if libcurl does not know an option.
    private func setConnection(of handle: UnsafeMutableRawPointer, _ words: UnsafeMutablePointer<CChar>) -> Bool {
        let encryption = server.security == .plainOnLoopback ? CURLUSESSL_NONE : CURLUSESSL_ALL
        var results = [
            ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, words),
            // What follows the slash is what we greet with: the sender's domain, not this machine's name.
            ccurl_set_text(handle, CURLOPT_URL, "\(server.address)/\(sender.domain)"),
            ccurl_set_text(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
            // The environment's proxies are for the web.
            ccurl_set_text(handle, CURLOPT_PROXY, ""),
            ccurl_set_long(handle, CURLOPT_USE_SSL, Int(encryption.rawValue)),
            ccurl_set_long(handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
            ccurl_set_long(handle, CURLOPT_SSL_VERIFYPEER, 1),
            ccurl_set_long(handle, CURLOPT_SSL_VERIFYHOST, 2),
            // No signals: this is not the only thread.
            ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1),
            ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT, min(server.patience, 15)),
            ccurl_set_long(handle, CURLOPT_TIMEOUT, server.patience + server.confirmation),
            ccurl_set_long(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, max(server.patience, server.confirmation)),
        ]
        if let certificates = server.certificates {
            results.append(ccurl_set_text(handle, CURLOPT_CAINFO, certificates))
        }
        if let account = server.account {
            results.append(ccurl_set_text(handle, CURLOPT_USERNAME, account.name))
            results.append(ccurl_set_text(handle, CURLOPT_PASSWORD, account.password))
        }
        return results.allSatisfy { $0 == CURLE_OK }
    }

    /// Sets what is sent and to whom; false if libcurl does not know an option.
    private func setMail(
        of handle: UnsafeMutableRawPointer, _ recipients: UnsafeMutablePointer<curl_slist>?,
        _ file: UnsafeMutablePointer<FILE>, size: Int
    ) -> Bool {
        let results = [
            ccurl_set_text(handle, CURLOPT_MAIL_FROM, "<\(sender.address.text)>"),
            ccurl_set_list(handle, CURLOPT_MAIL_RCPT, recipients),
            ccurl_set_long(handle, CURLOPT_UPLOAD, 1),
            ccurl_set_pointer(handle, CURLOPT_READDATA, file),
            ccurl_set_size(handle, CURLOPT_INFILESIZE_LARGE, size),
        ]
        return results.allSatisfy { $0 == CURLE_OK }
    }

    /// What a failure means for the mail: whether to wait, to give up, or to call the administrator.
    private func failure(_ code: CURLcode, reply: Int, words: String) -> DeliveryFailure {
        let text = words.isEmpty ? String(cString: curl_easy_strerror(code)) : words
        switch code {
        case CURLE_ABORTED_BY_CALLBACK: return .away("The mail server did not take the mail in time.")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT: return .away(text)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_USE_SSL_FAILED, CURLE_SSL_ISSUER_ERROR,
            CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
            return .misconfigured(text)
        case CURLE_LOGIN_DENIED:
            // 4xx while signing in is the server's own trouble.
            return (400..<500).contains(reply) ? .passing(text) : .misconfigured(text)
        default:
            guard (500..<600).contains(reply), refusesSomething(code) else { return .passing(text) }
            // A sender that is not allowed is nobody's fault but the settings'; libcurl says which command failed.
            return words.hasPrefix("MAIL failed") ? .misconfigured(text) : .permanent(text)
        }
    }

    /// The codes that libcurl gives for a reply it did not want; with others the last reply is an older one.
    private func refusesSomething(_ code: CURLcode) -> Bool {
        code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_REMOTE_ACCESS_DENIED
            || code == CURLE_QUOTE_ERROR
    }
}
