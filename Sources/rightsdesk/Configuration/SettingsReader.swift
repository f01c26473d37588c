import Correspondence
import Documents
import Foundation
import PolicyFiles
import Rights
import Store
import Web

/// Reads settings one by one and keeps every fault. Written by hand rather than on swift-configuration because that
/// library reads a wrong value as an absent one, and an unknown name not at all; here both must be said.
struct SettingsReader {
    private let environment: [String: String]
    private let names: [String]
    private(set) var faults: [SettingsFault] = []
    /// The files of passwords that were named.
    private(set) var secretFiles: [String] = []

    init(environment: [String: String], names: [String]) {
        self.environment = environment
        self.names = names
    }

    mutating func fault(_ name: String, _ text: String) {
        faults.append(SettingsFault(name: "RIGHTSDESK_" + name, text: text))
    }

    /// An empty value is an absent one, as shells and unit files set it.
    func optional(_ name: String) -> String? {
        guard let value = environment["RIGHTSDESK_" + name], !value.isEmpty else { return nil }
        return value
    }

    func text(_ name: String, default fallback: String) -> String {
        optional(name) ?? fallback
    }

    mutating func number(_ name: String, default fallback: Int) -> Int {
        guard let value = optional(name) else { return fallback }
        guard let number = Int(value), (1...65_535).contains(number) else {
            fault(name, "\(value) is not a port; say a number from 1 to 65535")
            return fallback
        }
        return number
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, default fallback: Choice
    ) -> Choice where Choice.RawValue == String {
        guard let value = optional(name) else { return fallback }
        guard let choice = Choice(rawValue: value) else {
            let offered = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            fault(name, "\(value) is not one of \(offered)")
            return fallback
        }
        return choice
    }

    /// A secret, or the file that holds it (for systemd credentials and containers).
    mutating func secret(_ name: String) -> String? {
        if let value = optional(name) { return value }
        guard let path = secretFile(name + "_FILE") else { return nil }
        secretFiles.append(path)
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            fault(name + "_FILE", "the file \(path) cannot be read")
            return nil
        }
        return text.trimmingCharacters(in: .newlines)
    }

    /// The file of a secret. A name without a slash is a secret that systemd hands to the service, in a folder that has
    /// another path in each unit: systemd.exec(5), "Credentials".
    private mutating func secretFile(_ name: String) -> String? {
        guard let value = optional(name), !value.contains("/") else { return optional(name) }
        guard let folder = environment[SettingsReader.credentialsFolder], !folder.isEmpty else {
            fault(
                name,
                "\(value) is a secret that systemd hands to a service, and this was not started by systemd with any; "
                    + "start it by deploy/rightsdesk-command, or say the whole path of a file")
            return nil
        }
        return "\(folder)/\(value)"
    }

    /// What systemd says in the environment, beside the settings.
    static let credentialsFolder = "CREDENTIALS_DIRECTORY"

    /// The value is not repeated: it may hold a password.
    mutating func database(_ name: String) -> PostgreSQLAddress? {
        guard let value = secret(name) else { return nil }
        do {
            return try PostgreSQLAddress(value)
        } catch {
            fault(name, "\(error)")
            return nil
        }
    }

    /// The address may hold no credentials, which are in a file; so it may be repeated.
    mutating func files(_ name: String) -> Settings.Files {
        let value = text(name, default: "folder")
        switch value {
        case "folder": return .folder
        case "database": return .database
        default: break
        }
        guard value.hasPrefix("s3://") else {
            fault(name, "\(value) is not folder, database or s3://bucket")
            return .folder
        }
        guard let credentials = secret(name + "_CREDENTIALS") else {
            fault(name + "_CREDENTIALS_FILE", "name the file that holds the access key and the secret key of \(value)")
            return .folder
        }
        do {
            return .bucket(
                try S3Bucket(
                    value, endpoint: optional(name + "_ENDPOINT"),
                    region: text(name + "_REGION", default: "eu-west-2"), credentials: credentials))
        } catch {
            fault(error.setting, "\(error)")
            return .folder
        }
    }

    mutating func listen(_ name: String, default fallback: Settings.Listen) -> Settings.Listen {
        listen(name) ?? fallback
    }

    mutating func listen(_ name: String) -> Settings.Listen? {
        guard let value = optional(name) else { return nil }
        guard let colon = value.lastIndex(of: ":"), let port = Int(value[value.index(after: colon)...]),
            (0...65_535).contains(port)
        else {
            fault(name, "\(value) is not host:port, as in 127.0.0.1:8080")
            return nil
        }
        return Settings.Listen(host: String(value[..<colon]), port: port)
    }

    /// The address people type. Plain http is only right on this machine, where nobody listens in, and never where the
    /// site itself speaks TLS.
    mutating func address(_ name: String, default listen: Settings.Listen, isSecure: Bool) -> String {
        guard let value = optional(name) else {
            return "\(isSecure ? "https" : "http")://\(listen.host):\(listen.port)"
        }
        let trimmed = value.hasSuffix("/") ? String(value.dropLast()) : value
        guard let origin = Origin(trimmed), origin.isSecure || origin.isLoopback else {
            fault(
                name,
                "\(value) must be https:// and a host, as in https://records.example.org, unless it is on this machine")
            return trimmed
        }
        if isSecure, !trimmed.hasPrefix("https://") {
            fault(name, "\(value) must begin with https://, because the site has a certificate")
        }
        return trimmed
    }

    /// The files of a certificate and of its key, which are named together or not at all.
    mutating func certificate(_ name: String) -> SiteCertificate.Files? {
        switch (optional(name + "_CERTIFICATE"), optional(name + "_KEY")) {
        case (let chain?, let key?): return SiteCertificate.Files(chain: chain, key: key)
        case (_?, nil): fault(name + "_KEY", "name the file of the key that goes with the certificate")
        case (nil, _?): fault(name + "_CERTIFICATE", "name the file of the certificate that goes with the key")
        case (nil, nil): break
        }
        return nil
    }

    mutating func scanner(_ name: String) -> Settings.Scanner {
        guard let value = optional(name) else { return .unset }
        if value == "none" { return .none }
        if value.hasPrefix("unix:/") { return .clamd(.unixSocket(path: String(value.dropFirst(5)))) }
        let parts = value.split(separator: ":")
        if parts.count == 3, parts[0] == "tcp", let port = Int(parts[2]), (1...65_535).contains(port) {
            return .clamd(.tcp(host: String(parts[1]), port: port))
        }
        fault(name, "\(value) is not unix:/path, tcp:host:port or none")
        return .unset
    }

    /// A place of backups, and the file with the password that goes with it.
    mutating func repository(_ name: String) -> Restic.Repository? {
        guard let location = optional(name) else { return nil }
        guard optional(name + "_PASSWORD_FILE") != nil else {
            fault(name + "_PASSWORD_FILE", "name the file that holds the password of \(location)")
            return nil
        }
        guard let passwordFile = secretFile(name + "_PASSWORD_FILE") else { return nil }
        guard FileManager.default.isReadableFile(atPath: passwordFile) else {
            fault(name + "_PASSWORD_FILE", "the file \(passwordFile) cannot be read")
            return nil
        }
        secretFiles.append(passwordFile)
        return Restic.Repository(location: absolute(location), passwordFile: absolute(passwordFile))
    }

    /// A path that means the same from every folder; restic runs in the data folder. What names a kind of place
    /// (`sftp:…`) is left as it is.
    private func absolute(_ path: String) -> String {
        path.hasPrefix("/") || path.contains(":") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }

    mutating func sender(_ name: String) -> EmailAddress? {
        let address = EmailAddress(text(name, default: "no-reply@example.org"))
        if address == nil { fault(name, "this is not an email address") }
        return address
    }

    mutating func mailServer() -> SMTPServer? {
        guard let host = optional("SMTP_HOST") else { return nil }
        let account = optional("SMTP_USER").map {
            SMTPServer.Account(name: $0, password: secret("SMTP_PASSWORD") ?? "")
        }
        let server = SMTPServer(
            host: host, port: number("SMTP_PORT", default: 587), security: choice("SMTP_SECURITY", default: .startTLS),
            account: account, certificates: optional("SMTP_CERTIFICATES"))
        if server == nil {
            fault("SMTP_HOST", "\(host) is not a name or address, or is another machine without encryption")
        }
        return server
    }

    /// A misspelt name would otherwise be a setting silently left at its default.
    mutating func requireKnownNames() {
        for name in environment.keys.sorted() where name.hasPrefix("RIGHTSDESK_") && !names.contains(name) {
            // Set by the test suite for its own use.
            if name.hasPrefix("RIGHTSDESK_TEST_") { continue }
            let advice = nearest(to: name, among: names).map { "; did you mean \($0)?" } ?? ""
            faults.append(SettingsFault(name: name, text: "there is no such setting\(advice)"))
        }
    }
}

extension S3Bucket.Fault {
    /// The setting that is wrong.
    fileprivate var setting: String {
        switch self {
        case .notAnAddress: "FILES"
        case .notEncrypted: "FILES_ENDPOINT"
        case .noCredentials: "FILES_CREDENTIALS_FILE"
        }
    }
}
