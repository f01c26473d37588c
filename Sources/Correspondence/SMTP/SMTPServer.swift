/// The mail server that takes the trust's mails, by configuration.
package struct SMTPServer: Hashable, Sendable {
    package enum Security: String, Hashable, Sendable, CaseIterable {
        /// Begin in plain text and insist on STARTTLS before anything is said (port 587).
        case startTLS = "starttls"
        /// TLS from the first byte (port 465).
        case implicitTLS = "tls"
        /// No encryption: only to a server on this machine, where the address is checked.
        case plainOnLoopback = "none"
    }

    package struct Account: Hashable, Sendable {
        package let name: String
        package let password: String

        package init(name: String, password: String) {
            self.name = name
            self.password = password
        }
    }

    package let host: String
    package let port: Int
    package let security: Security
    package let account: Account?
    /// A file of certificates to trust instead of the system's; nothing for the system's.
    package let certificates: String?
    /// Seconds in which the server must have all of a mail.
    package let patience: Int
    /// Seconds that it may take after that to say that it has taken it over. RFC 5321 (4.5.3.2.6) asks for ten minutes:
    /// who gives up sooner sends the mail twice.
    package let confirmation: Int

    /// Nothing for a host that is no name or address, a port out of range, or a plain connection that would leave this
    /// machine.
    package init?(
        host: String, port: Int, security: Security, account: Account? = nil, certificates: String? = nil,
        patience: Int = 60, confirmation: Int = 600
    ) {
        let isName =
            !host.isEmpty
            && host.utf8.allSatisfy { byte in
                (48...58).contains(byte) || (65...93).contains(byte) || (97...122).contains(byte) || byte == 45
                    || byte == 46
            }
        let isLoopback = ["127.0.0.1", "[::1]", "localhost"].contains(host)
        guard isName, (1...65_535).contains(port), security != .plainOnLoopback || isLoopback else { return nil }
        self.host = host
        self.port = port
        self.security = security
        self.account = account
        self.certificates = certificates
        self.patience = patience
        self.confirmation = confirmation
    }

    var address: String {
        switch security {
        case .startTLS, .plainOnLoopback: "smtp://\(host):\(port)"
        case .implicitTLS: "smtps://\(host):\(port)"
        }
    }
}
