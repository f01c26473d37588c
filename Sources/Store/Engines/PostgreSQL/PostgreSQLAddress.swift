import CPostgres
import Rights

/// Where a PostgreSQL database is and how to enter it, from a URL such as `postgres://rightsdesk@db.example.org/rights`.
///
/// It may hold a password, so it prints as its place alone. Whatever else libpq knows may stand in the URL's query, and
/// `~/.pgpass` and `PGPASSWORD` are read as everywhere.
package struct PostgreSQLAddress: Hashable, Sendable {
    /// Why a text is not the address of a database.
    package enum Fault: Error, Hashable, Sendable {
        case notAnAddress
        case noHost
        case noDatabase
    }

    /// libpq's own names and values.
    let parameters: [String: String]

    /// The file of the authorities that may have signed the server's certificate, where the URL names one.
    package var authorityFile: String? { parameters["sslrootcert"].flatMap { $0 == "system" ? nil : $0 } }

    /// What is said where the URL does not: a server that does not answer is given up, one that may not be written to
    /// is not taken (a standby, a primary that was), and other machines are reached encrypted and verified or not at all.
    private static let usual = [
        "application_name": "rightsdesk", "client_encoding": "UTF8", "connect_timeout": "5", "keepalives_idle": "30",
        "keepalives_interval": "10", "keepalives_count": "3", "tcp_user_timeout": "30000",
        "target_session_attrs": "read-write",
    ]

    /// Throws a `Fault` that repeats nothing of the text.
    package init(_ url: String) throws(Fault) {
        guard url.hasPrefix("postgres://") || url.hasPrefix("postgresql://"), let said = Self.parsed(url) else {
            throw .notAnAddress
        }
        guard said["host"] != nil || said["hostaddr"] != nil else { throw .noHost }
        guard said["dbname"] != nil else { throw .noDatabase }
        var parameters = Self.usual.merging(said) { $1 }
        if parameters["sslmode"] == nil, !Self.isOnThisMachine(said) {
            parameters["sslmode"] = "verify-full"
        }
        self.parameters = parameters
    }

    private static func parsed(_ url: String) -> [String: String]? {
        guard let options = PQconninfoParse(url, nil) else { return nil }
        defer { PQconninfoFree(options) }
        var said: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { said[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return said
    }
}

extension PostgreSQLAddress {
    /// What keeps others from reading along, or from answering in the server's place.
    package enum Protection: Hashable, Sendable {
        /// Nothing leaves this machine, or only to a server whose certificate an authority of ours has signed.
        case full
        /// Encrypted, to whoever answers: `sslmode=require`.
        case withoutProof
        /// Encrypted where the server, or somebody before it, offers that: `allow` and `prefer`.
        case ifOffered
        /// Plain text: `disable`.
        case none
    }

    package var protection: Protection {
        guard !Self.isOnThisMachine(parameters) else { return .full }
        return switch parameters["sslmode"] {
        case "require": .withoutProof
        case "allow", "prefer": .ifOffered
        case "disable": .none
        default: .full
        }
    }

    private static func isOnThisMachine(_ parameters: [String: String]) -> Bool {
        ThisMachine.has(parameters["hostaddr"] ?? parameters["host"] ?? "")
    }
}

extension PostgreSQLAddress {
    /// The address as the server's own programs take it on their command line, where everybody can read it: without
    /// anything that is secret.
    package var open: String {
        parameters.filter { !Self.secrets.contains($0.key) }.sorted { $0.key < $1.key }.map { name, value in
            let escaped = value.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }
            return "\(name)='\(String(escaped))'"
        }.joined(separator: " ")
    }

    /// What those programs find in their environment besides.
    package var environment: [String: String] { parameters["password"].map { ["PGPASSWORD": $0] } ?? [:] }

    /// Whether the URL that it was made of held a secret.
    package var isSecret: Bool { Self.secrets.contains { parameters[$0] != nil } }

    private static let secrets = ["password", "sslpassword"]

    /// Whether two addresses name one database, whoever enters it and how.
    package func isSameDatabase(as other: PostgreSQLAddress) -> Bool { !places.isDisjoint(with: other.places) }

    /// The database at each server that is named.
    private var places: Set<[String]> {
        let hosts = parts("host", or: parameters["hostaddr"] ?? "")
        let ports = parts("port", or: "5432")
        let database = parameters["dbname"] ?? ""
        return Set(hosts.enumerated().map { [$1, ports.indices.contains($0) ? ports[$0] : ports[0], database] })
    }

    private func parts(_ name: String, or usual: String) -> [String] {
        (parameters[name] ?? usual).split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
}

extension PostgreSQLAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        "the database \(parameters["dbname"] ?? "") at \(parameters["host"] ?? parameters["hostaddr"] ?? "")"
    }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension PostgreSQLAddress.Fault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notAnAddress: "this is not an address such as postgres://user@host/database"
        case .noHost:
            "say the host, as in postgres://user@host/database, or the folder of its socket, as in "
                + "postgres:///database?host=/var/run/postgresql"
        case .noDatabase: "say the database, as in postgres://user@host/database"
        }
    }
}
