import Correspondence
import Documents
import Foundation
import Rights
import Store
import Web

/// Everything an administrator sets, read once from the environment and checked whole: every fault is reported, not
/// only the first. Described for people in `docs/configuring.md`; a test keeps the two in step.
struct Settings: Sendable {
    /// Where a server listens: an address of this machine and a port.
    struct Listen: Hashable, Sendable {
        var host: String
        var port: Int
    }

    /// Where the sealed bytes of files lie.
    enum Files: Hashable, Sendable {
        /// The data folder: one machine.
        case folder
        case database
        case bucket(S3Bucket)
    }

    enum Scanner: Hashable, Sendable {
        case clamd(Clamd.Address)
        /// Nobody has said anything: files stay closed.
        case unset
        /// An administrator has said `none` in as many words: files open unscanned.
        case none
    }

    var data: String
    /// The PostgreSQL database that everything but files and keys is in. Nothing: an SQLite database in the data folder.
    var database: PostgreSQLAddress?
    var files: Files
    /// Nothing: a folder `policies` here or beside the program.
    var policies: String?
    /// The policy folder that new requests come in under.
    var policy: String
    var assets: String
    /// Our own style sheet and scripts.
    var site: String
    var portalListen: Listen
    var deskListen: Listen
    /// Where a monitoring system may ask; nothing: nowhere.
    var metricsListen: Listen?
    /// The addresses people type, where they differ from where the servers listen.
    var portalAddress: String
    var deskAddress: String
    /// The certificate with which a site speaks TLS itself; nothing behind a proxy that does.
    var portalCertificate: SiteCertificate.Files?
    var deskCertificate: SiteCertificate.Files?
    /// The trust's name in two lines: `Meadowbank Hospitals` and `NHS Foundation Trust`.
    var trustName: String
    var trustDescriptor: String
    var contactDepartment: String
    var contactEmail: String
    var contactTelephone: String
    /// Without one, messages stay in the outbox.
    var mail: SMTPServer?
    /// The address that mails come from; its display name is the policy's.
    var sender: EmailAddress
    /// The malware scanner: `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`. Nothing: no file can be opened.
    var scanner: Scanner
    /// Where backups of the database and the files go.
    var backup: Restic.Repository?
    /// Where backups of the master key go: not to the same place.
    var keyBackup: Restic.Repository?
    /// The files that hold passwords.
    var secretFiles: [String]
    /// Addresses of reverse proxies whose `X-Forwarded-For` is believed.
    var proxies: [String]

    /// Every name that may be set, with its default as people read it.
    static let names: [String] = [
        "DATA", "DATABASE", "DATABASE_FILE", "FILES", "FILES_ENDPOINT", "FILES_REGION", "FILES_CREDENTIALS_FILE",
        "POLICIES", "POLICY", "ASSETS", "SITE", "PORTAL_LISTEN", "DESK_LISTEN",
        "METRICS_LISTEN", "PORTAL_ADDRESS", "DESK_ADDRESS", "TLS_CERTIFICATE", "TLS_KEY", "DESK_TLS_CERTIFICATE",
        "DESK_TLS_KEY", "TRUST_NAME", "TRUST_DESCRIPTOR", "CONTACT_DEPARTMENT",
        "CONTACT_EMAIL", "CONTACT_TELEPHONE",
        "SMTP_HOST", "SMTP_PORT", "SMTP_SECURITY", "SMTP_USER",
        "SMTP_PASSWORD", "SMTP_PASSWORD_FILE", "SMTP_CERTIFICATES", "SENDER", "CLAMD", "PROXIES", "BACKUP",
        "BACKUP_PASSWORD_FILE", "KEY_BACKUP", "KEY_BACKUP_PASSWORD_FILE", "TRUSTS",
    ].map { "RIGHTSDESK_" + $0 }

    /// - Throws: `SettingsFaults` with every fault found.
    init(environment: [String: String]) throws(SettingsFaults) {
        var reader = SettingsReader(environment: environment, names: Settings.names)
        data = reader.text("DATA", default: "data")
        database = reader.database("DATABASE")
        files = reader.files("FILES")
        policies = reader.optional("POLICIES")
        policy = reader.text("POLICY", default: "poole-2017")
        assets = reader.text("ASSETS", default: "assets")
        site = reader.text("SITE", default: "Sources/Web/Assets")
        portalListen = reader.listen("PORTAL_LISTEN", default: Listen(host: "127.0.0.1", port: 8080))
        deskListen = reader.listen("DESK_LISTEN", default: Listen(host: "127.0.0.1", port: 8081))
        metricsListen = reader.listen("METRICS_LISTEN")
        portalCertificate = reader.certificate("TLS")
        deskCertificate = reader.certificate("DESK_TLS") ?? portalCertificate
        portalAddress = reader.address("PORTAL_ADDRESS", default: portalListen, isSecure: portalCertificate != nil)
        deskAddress = reader.address("DESK_ADDRESS", default: deskListen, isSecure: deskCertificate != nil)
        trustName = reader.text("TRUST_NAME", default: "Meadowbank Hospitals")
        trustDescriptor = reader.text("TRUST_DESCRIPTOR", default: "NHS Foundation Trust")
        contactDepartment = reader.text("CONTACT_DEPARTMENT", default: "Medico-Legal department")
        contactEmail = reader.text("CONTACT_EMAIL", default: "records@example.org")
        contactTelephone = reader.text("CONTACT_TELEPHONE", default: "01632 960 001")
        let sender = reader.sender("SENDER")
        scanner = reader.scanner("CLAMD")
        proxies = (reader.optional("PROXIES") ?? "").split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        mail = reader.mailServer()
        backup = reader.repository("BACKUP")
        keyBackup = reader.repository("KEY_BACKUP")
        if let backup, backup.location == keyBackup?.location {
            reader.fault("KEY_BACKUP", "this is the place of RIGHTSDESK_BACKUP: keys beside the files protect nothing")
        }
        secretFiles = reader.secretFiles
        reader.requireKnownNames()
        guard let sender, reader.faults.isEmpty else { throw SettingsFaults(faults: reader.faults) }
        self.sender = sender
    }
}

/// One thing that is wrong with the settings.
struct SettingsFault: Hashable, Sendable, CustomStringConvertible {
    /// The file of one trust's settings, where there are several.
    var file: String?
    /// The setting's whole name, or the place in the file.
    let name: String
    let text: String

    var description: String { (file.map { "\($0): " } ?? "") + "\(name): \(text)" }
}

/// Everything that is wrong with the settings, a line each.
struct SettingsFaults: Error, CustomStringConvertible {
    let faults: [SettingsFault]

    var description: String { "The settings are not right:\n" + faults.map { "  \($0)" }.joined(separator: "\n") }
}
