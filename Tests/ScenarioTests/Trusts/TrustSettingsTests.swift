import Foundation
import TestSupport
import Testing

/// The settings of several trusts, as `rightsdesk` reads them.
@Suite struct TrustSettingsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: trusts, withIntermediateDirectories: true)
    }

    private var trusts: String { folder.path + "/trusts" }

    /// What a trust that is right says of itself.
    private func settings(of code: String) -> [String: String] {
        [
            "DATA": "\(folder.path)/\(code)", "POLICY": "poole-2017",
            "PORTAL_ADDRESS": "https://records.\(code).example", "DESK_ADDRESS": "https://desk.\(code).example",
            "TRUST_NAME": "Hospitals of \(code)", "CONTACT_DEPARTMENT": "Records",
            "CONTACT_EMAIL": "records@\(code).example", "CONTACT_TELEPHONE": "01632 960 002",
            "SENDER": "no-reply@\(code).example",
        ]
    }

    private func write(_ code: String, _ changes: [String: String?] = [:], more: String = "") throws {
        let values = settings(of: code).merging(changes.compactMapValues { $0 }) { $1 }
            .filter { changes[$0.key] != .some(nil) }
        let lines = values.sorted { $0.key < $1.key }.map { "RIGHTSDESK_\($0.key)=\($0.value)\n" }
        try (lines.joined() + more).write(toFile: "\(trusts)/\(code).env", atomically: true, encoding: .utf8)
    }

    private func run(_ arguments: String..., settings: [String: String] = [:]) throws -> Command {
        try Command(arguments, settings: settings.merging(["RIGHTSDESK_TRUSTS": trusts]) { mine, _ in mine })
    }

    /// A run of `serve` that has a fault of its own besides, so that it ends whatever the files say.
    private func faults(settings: [String: String] = [:]) throws -> [String] {
        let run = try run(
            "serve", settings: settings.merging(["RIGHTSDESK_PORTAL_LISTEN": "nowhere"]) { mine, _ in mine })
        #expect(run.status == 78)
        let lines = run.messages.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(lines.first == "The settings are not right:")
        #expect(lines.contains { $0.hasPrefix("RIGHTSDESK_PORTAL_LISTEN: nowhere is not") })
        return lines.filter { $0 != lines.first && !$0.hasPrefix("RIGHTSDESK_PORTAL_LISTEN: nowhere is not") }
    }

    @Test(
        "files that are right have no fault: comments, quotes, spaces and the ends of Windows' lines are all the same")
    func right() throws {
        try write("meadowbank", more: "\n# Mail\n  RIGHTSDESK_TRUST_DESCRIPTOR = \"NHS Foundation Trust\"  \r\n")
        try write("riverside", ["POLICY": "'uk-2026'"])
        try "not a trust".write(toFile: "\(trusts)/README", atomically: true, encoding: .utf8)
        #expect(try faults() == [])
    }

    @Test("every fault of every file is told at once, with the file and the name")
    func allAtOnce() throws {
        try write("meadowbank", ["SENDER": nil, "CLAMD": "nowhere"], more: "RIGHTSDESK_POLICI=uk-2026\nhunter2\n")
        try write(
            "riverside", ["PROXIES": "127.0.0.1", "PORTAL_ADDRESS": "http://records.riverside.example", "DATA": ""],
            more: "RIGHTSDESK_POLICY=uk-2026\n")
        let found = try faults(settings: ["RIGHTSDESK_SMTP_HOST": "smtp.example.org", "RIGHTSDESK_METRIC_LISTEN": "x"])
        for (start, words) in [
            ("meadowbank.env: line 11: ", "RIGHTSDESK_NAME=value"),
            ("meadowbank.env: RIGHTSDESK_SENDER: ", "must say this"),
            ("meadowbank.env: RIGHTSDESK_CLAMD: ", "unix:/path"),
            ("meadowbank.env: RIGHTSDESK_POLICI: ", "did you mean RIGHTSDESK_POLICY?"),
            ("riverside.env: line 11: ", "RIGHTSDESK_POLICY stands here for the second time"),
            ("riverside.env: RIGHTSDESK_PROXIES: ", "the process's own"),
            ("riverside.env: RIGHTSDESK_DATA: ", "must say this"),
            ("riverside.env: RIGHTSDESK_PORTAL_ADDRESS: ", "https://"),
            ("RIGHTSDESK_SMTP_HOST: ", "belongs in each trust's file"),
            ("RIGHTSDESK_METRIC_LISTEN: ", "did you mean RIGHTSDESK_METRICS_LISTEN?"),
        ] {
            #expect(found.contains { $0.hasPrefix(start) && $0.contains(words) }, "\(start) in \(found)")
        }
        #expect(found.count == 10, "\(found)")
        #expect(!found.joined().contains("hunter2"), "a line may be a secret")
    }

    @Test("a policy that there is not is told of each trust that wants it")
    func policies() throws {
        try write("meadowbank", ["POLICY": "poole-2071"])
        try write("riverside", ["POLICY": "uk-2062"])
        let run = try run("serve")
        #expect(run.status == 78)
        #expect(run.messages.contains("meadowbank.env: RIGHTSDESK_POLICY: There is no policy poole-2071."))
        #expect(run.messages.contains("riverside.env: RIGHTSDESK_POLICY: There is no policy uk-2062."))
    }

    @Test("what two trusts share is refused: folder, database, host, place of backups and master key")
    func shared() throws {
        let password = "\(folder.path)/password"
        try "fictional secret".write(toFile: password, atomically: true, encoding: .utf8)
        let key = String(repeating: "0f", count: 32)
        for (code, letters) in [("ash", key), ("beech", key.uppercased())] {
            let keys = "\(folder.path)/\(code)/keys"
            try FileManager.default.createDirectory(atPath: keys, withIntermediateDirectories: true)
            try letters.write(toFile: keys + "/master.key", atomically: true, encoding: .utf8)
        }
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/elsewhere", withDestinationPath: "\(folder.path)/ash")
        try write(
            "ash",
            [
                "DATABASE": "postgres://ash:hunter2@db.example.org/records", "FILES": "s3://records/ash",
                "FILES_CREDENTIALS_FILE": password, "BACKUP": "/backups/a",
                "BACKUP_PASSWORD_FILE": password,
            ])
        try write("beech", ["DATABASE": "postgresql://beech@db.example.org:5432/records?sslmode=disable"])
        try write(
            "cedar",
            ["DATA": "\(folder.path)/elsewhere/", "KEY_BACKUP": "/backups/a", "KEY_BACKUP_PASSWORD_FILE": password])
        try write("elm", ["DATA": "\(folder.path)/ash/elm"])
        try write("ivy", ["FILES": "s3://records", "FILES_CREDENTIALS_FILE": password])
        try write("fir", ["DESK_ADDRESS": "https://RECORDS.ash.example:8443"])
        try write("oak", ["PORTAL_ADDRESS": "http://localhost:9000"])
        try write("yew", ["DESK_ADDRESS": "http://127.0.0.1:9001"])
        let found = try faults()
        for fault in [
            "beech.env: RIGHTSDESK_DATA: the master key in this folder is that of ash.env",
            "beech.env: RIGHTSDESK_DATABASE: this is the database of ash.env",
            "cedar.env: RIGHTSDESK_DATA: this is the folder of ash.env",
            "cedar.env: RIGHTSDESK_DATA: the master key in this folder is that of beech.env",
            "cedar.env: RIGHTSDESK_KEY_BACKUP: this is a place of backups of ash.env",
            "elm.env: RIGHTSDESK_DATA: this lies within the folder of ash.env",
            "elm.env: RIGHTSDESK_DATA: this lies within the folder of cedar.env",
            "fir.env: RIGHTSDESK_DESK_ADDRESS: the host of this address is one of ash.env",
            "ivy.env: RIGHTSDESK_FILES: this place overlaps that of ash.env",
            "yew.env: RIGHTSDESK_DESK_ADDRESS: the host of this address is one of oak.env",
        ] {
            #expect(found.contains(fault), "\(fault) in \(found)")
        }
        #expect(found.count == 10, "\(found)")
        #expect(!found.joined().contains("hunter2"))
    }

    @Test("a folder that is not there, holds no trust, or a file that no trust can have is told")
    func folders() throws {
        #expect(
            try run("verify", settings: ["RIGHTSDESK_TRUSTS": trusts + "/none"]).messages.contains("cannot be read"))
        #expect(try run("serve").messages.contains("holds no file such as meadowbank.env"))
        try write("Meadow Bank")
        let run = try run("serve")
        #expect(
            run.status == 78 && run.messages.contains("Meadow Bank.env: RIGHTSDESK_TRUSTS: a trust's file is named"))
    }

    @Test("a command is told which trust it is about, and looks at no other")
    func oneTrust() throws {
        try write("meadowbank")
        try write("riverside", ["CLAMD": "nowhere"])
        for arguments in [
            ["verify"], ["rebuild"], ["backup"], ["restore", "--into", "x"], ["doctor"], ["copy", "--to-folder", "x"],
            ["key", "check"], ["move-files", "--to", "database"],
            ["move-files", "--to", "database"],
            ["bootstrap", "--email", "a@example.org", "--name", "A"],
        ] {
            let run = try Command(arguments, settings: ["RIGHTSDESK_TRUSTS": trusts])
            #expect(
                run.status == 78
                    && run.messages.contains("--trust: say which of the trusts is meant: meadowbank, riverside"),
                "\(arguments)")
        }
        let verified = try run("verify", "--trust", "meadowbank")
        #expect(verified.status == 0 && verified.output.contains("0 cases"), "\(verified)")
        #expect(FileManager.default.fileExists(atPath: "\(folder.path)/meadowbank/rightsdesk.sqlite"))
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/riverside"))
        let link = try run("bootstrap", "--trust", "meadowbank", "--email", "a@example.org", "--name", "A")
        #expect(link.output.hasPrefix("https://desk.meadowbank.example/sign-in/set-up/"))
        #expect(try run("move-files", "--to", "folder", "--trust", "meadowbank").messages.contains("in folder already"))
        #expect(try run("verify", "--trust", "riverside").messages.contains("riverside.env: RIGHTSDESK_CLAMD"))
        for nobody in ["nobody", "../trusts/meadowbank", ""] {
            let run = try run("verify", "--trust", nobody)
            #expect(run.status == 78 && run.messages.contains("there is no file"), "\(nobody)")
        }
        let one = try Command(["verify", "--trust", "meadowbank"])
        #expect(one.status == 78 && one.messages.contains("RIGHTSDESK_TRUSTS is not set"))
        #expect(try run("demo").messages.contains("The demonstration is of one trust"))
    }
}
