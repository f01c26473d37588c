import Foundation
import TestSupport
import Testing

/// The settings that name files of secrets, as `rightsdesk` reads them.
@Suite struct SecretFileTests {
    private let folder: TemporaryFolder
    /// What systemd hands to a service.
    private let credentials: String

    init() throws {
        folder = try TemporaryFolder()
        credentials = folder.path + "/credentials"
        try FileManager.default.createDirectory(atPath: credentials, withIntermediateDirectories: true)
    }

    private func keep(_ secret: String, as name: String) throws {
        try secret.write(toFile: "\(credentials)/\(name)", atomically: true, encoding: .utf8)
    }

    private func verify(_ settings: [String: String], handing credentials: String?) throws -> Command {
        var all = settings.reduce(into: ["RIGHTSDESK_DATA": "\(folder.path)/data"]) {
            $0["RIGHTSDESK_\($1.key)"] = $1.value
        }
        // Always set, because the environment of this test may have one.
        all["CREDENTIALS_DIRECTORY"] = credentials ?? ""
        return try Command(["verify"], settings: all)
    }

    private let all = [
        "DATABASE_FILE": "secret_database", "SMTP_HOST": "smtp.example.org", "SMTP_USER": "records",
        "SMTP_PASSWORD_FILE": "secret_smtp", "FILES": "s3://records", "FILES_CREDENTIALS_FILE": "secret_bucket",
        "BACKUP": "/backups/a", "BACKUP_PASSWORD_FILE": "secret_backup", "KEY_BACKUP": "/backups/b",
        "KEY_BACKUP_PASSWORD_FILE": "secret_key-backup",
    ]

    @Test("a name without a slash is read where systemd put it, whatever the unit is called")
    func handed() throws {
        for name in ["smtp", "backup", "key-backup"] { try keep("fictional", as: "secret_\(name)") }
        try keep("access\nfictional\n", as: "secret_bucket")
        try keep("not an address", as: "secret_database")
        let run = try verify(all, handing: credentials)
        // That the database's address is wrong shows that it was read, and that nothing else is wrong.
        #expect(run.status == 78)
        #expect(
            run.messages.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) } == [
                "The settings are not right:",
                "RIGHTSDESK_DATABASE: this is not an address such as postgres://user@host/database",
            ])
    }

    @Test("each that systemd did not hand over is named, with the folder where it was looked for")
    func missing() throws {
        let run = try verify(all, handing: credentials)
        #expect(run.status == 78)
        for name in ["DATABASE_FILE", "SMTP_PASSWORD_FILE", "BACKUP_PASSWORD_FILE", "KEY_BACKUP_PASSWORD_FILE"] {
            let fault = "RIGHTSDESK_\(name): the file \(credentials)/\(all[name] ?? "") cannot be read"
            #expect(run.messages.contains(fault), "\(fault) in \(run.messages)")
        }
    }

    @Test("without systemd the words say how to start it")
    func byHand() throws {
        let run = try verify(["SMTP_HOST": "smtp.example.org"].merging(all) { mine, _ in mine }, handing: nil)
        #expect(run.status == 78)
        for name in ["DATABASE", "SMTP_PASSWORD", "FILES_CREDENTIALS", "BACKUP_PASSWORD", "KEY_BACKUP_PASSWORD"] {
            #expect(run.messages.contains("RIGHTSDESK_\(name)_FILE: secret_"), "\(name) in \(run.messages)")
        }
        #expect(run.messages.contains("start it by deploy/rightsdesk-command"))
    }

    @Test("a path is that file, with and without systemd")
    func path() throws {
        try keep("fictional", as: "password")
        for handing in [credentials, nil] {
            let run = try verify(
                [
                    "SMTP_HOST": "smtp.example.org", "SMTP_USER": "records",
                    "SMTP_PASSWORD_FILE": "\(credentials)/password",
                ], handing: handing)
            #expect(run.status == 0, "\(run.messages)")
        }
    }

    @Test("the trusts of one process are handed theirs together, each under its own name")
    func several() throws {
        let trusts = folder.path + "/trusts"
        try FileManager.default.createDirectory(atPath: trusts, withIntermediateDirectories: true)
        try keep("not an address", as: "secret_meadowbank_database")
        let names = [
            "DATA": "\(folder.path)/meadowbank", "POLICY": "poole-2017",
            "PORTAL_ADDRESS": "https://records.meadowbank.example", "DESK_ADDRESS": "https://desk.meadowbank.example",
            "TRUST_NAME": "Meadowbank", "CONTACT_DEPARTMENT": "Records", "CONTACT_EMAIL": "records@example.org",
            "CONTACT_TELEPHONE": "01632 960 002", "SENDER": "no-reply@example.org",
            "DATABASE_FILE": "secret_meadowbank_database",
        ]
        try names.map { "RIGHTSDESK_\($0.key)=\($0.value)\n" }.joined()
            .write(toFile: "\(trusts)/meadowbank.env", atomically: true, encoding: .utf8)
        for (arguments, more) in [
            (["verify", "--trust", "meadowbank"], [:]),
            // Also where the process's own settings are wrong.
            (["serve"], ["RIGHTSDESK_PORTAL_LISTEN": "nowhere"]),
        ] {
            let run = try Command(
                arguments,
                settings: ["RIGHTSDESK_TRUSTS": trusts, "CREDENTIALS_DIRECTORY": credentials].merging(more) { $1 })
            #expect(run.status == 78)
            #expect(run.messages.contains("meadowbank.env: RIGHTSDESK_DATABASE: this is not an address such as"))
            #expect(!run.messages.contains("_FILE"), "\(run.messages)")
        }
    }
}
