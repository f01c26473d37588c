import Casework
import Foundation
import Rights
import TestSupport
import Testing

@testable import Store

/// What is exported can be read by others, and imported again so that everything is what it was.
@Suite struct ExportTests {
    private let premises: Premises
    private let other: Premises
    private let folder: TemporaryFolder
    private var export: String { folder.path + "/export" }

    init() throws {
        premises = try Premises()
        other = try Premises()
        folder = try TemporaryFolder()
    }

    /// Two cases, one of them worked on with files, an account with an authenticator, staff, a view and advice.
    private func fill() async throws -> [Case.ID] {
        try await premises.openAccount()
        let first = try await premises.runningCase()
        _ = try await premises.addRecord("ECG of 3 March, naïve", named: "Ann Example’s ECG.txt", to: first)
        let second = try await premises.casework.begin(premises.request(), by: premises.requester).id
        _ = try await premises.casework.open(first, by: premises.staff)
        let (now, account) = (premises.world.now, premises.account)
        let staff = StoredStaff(
            id: premises.handler.id, email: "m.hughes@example.com", name: "M. Hughes", department: "medico-legal",
            roles: ["manager"])
        try await premises.casework.store.write { transaction in
            try transaction.addStaff(staff, at: now)
            try transaction.setUp(staff.id, password: "hashed", factor: .app(secret: [1, 2, 3], lastStep: 7))
            let key = try transaction.makeKey(at: now)
            try transaction.addDraft(
                StoredDraft(
                    id: premises.world.surroundings.identifier(), account: account, key: key,
                    applicationType: "living", formVersion: 1, answers: Array("{}".utf8), begunAt: now, changedAt: now))
        }
        return [first, second]
    }

    private func exportEverything() async throws -> Exported {
        try await premises.casework.export(.everything, into: export)
    }

    private func bringIn() async throws -> Imported {
        try await other.casework.importEverything(from: export)
    }

    private func digests(of premises: Premises, _ tables: Set<String>) async throws -> [String: String] {
        try await premises.casework.store.engine.read { connection in
            var found: [String: String] = [:]
            for table in try connection.tables() where tables.contains(table.name) {
                var digest = TableDigest()
                try connection.walk(table) { digest.add($0) }
                found[table.name] = "\(digest.rows) \(digest.text)"
            }
            return found
        }
    }

    private func content(of file: CaseFile, in premises: Premises) async throws -> [UInt8] {
        let kept = try #require(try await premises.casework.store.read { try $0.file(file.file.id) })
        let key = try await premises.casework.store.read { try $0.key(kept.keyID) }
        return try await premises.casework.vault.reader(of: file.file.id, size: kept.file.size, under: key)
            .read(0..<kept.file.size)
    }

    @Test("Everything that is exported is the same where it is imported: facts, links, files, people")
    func everything() async throws {
        let ids = try await fill()
        let exported = try await exportEverything()
        #expect(exported.cases == 2 && exported.files == 1 && exported.missing.isEmpty)
        let imported = try await bringIn()
        #expect(imported.cases == 2 && imported.facts == exported.facts && imported.bytes == exported.bytes)

        for id in ids {
            let there = try #require(try await premises.casework.store.read { try $0.matter(id) })
            let here = try #require(try await other.casework.store.read { try $0.matter(id) })
            #expect(here.entries == there.entries)
            for file in there.files {
                #expect(try await content(of: file, in: other) == content(of: file, in: premises))
                #expect(here.file(file.file.id)?.file.name == file.file.name)
            }
        }
        // Row by row: all that does not depend on the master key, which is another here.
        let tables = ExportedTables.ofCases.union(ExportedTables.rows).subtracting([
            "case_head", "account", "account_event",
        ])
        #expect(try await digests(of: other, tables) == digests(of: premises, tables))
        #expect(try await other.casework.store.read { try $0.verify() }.findings == [])
        #expect(try await other.casework.verifyFiles().findings == [])
        let handler = premises.handler.id
        let (there, here) = (
            try await premises.casework.store.read { try $0.account(.staff(handler)) },
            try await other.casework.store.read { try $0.account(.staff(handler)) }
        )
        #expect(here == there && here?.secondFactor == .app(secret: [1, 2, 3], lastStep: 7))
        let account = premises.account
        #expect(try await other.casework.store.read { try $0.drafts(of: account) }.map(\.answers) == [Array("{}".utf8)])
        #expect(try await other.casework.store.read { try $0.count(SummaryFilter(for: .nobody)) } == 2)
    }

    @Test("One case is exported with its files and who looked at it, and imported as the only one")
    func oneCase() async throws {
        let id = try await fill()[0]
        let matter = try await premises.casework.open(id, by: premises.staff)
        _ = try await premises.casework.export(.oneCase(matter.reference.lowercased()), into: export)
        // Nothing of the other people is in it.
        let names = try FileManager.default.subpathsOfDirectory(atPath: export).sorted()
        #expect(names.count { $0.hasSuffix(".json") } == 2 && names.count { $0.hasSuffix(".txt") } == 1)
        #expect(!names.contains { $0.contains("Ann") || $0.hasPrefix("tables/") || $0.contains("account") })

        #expect(try await bringIn().cases == 1)
        let here = try #require(try await other.casework.store.read { try $0.matter(id) })
        #expect(here.entries == matter.entries)
        #expect(try await content(of: here.files[0], in: other) == content(of: matter.files[0], in: premises))
        #expect(try await other.casework.store.read { try $0.verify() }.findings == [])
        let accesses = try await other.casework.store.read { try $0.accesses(of: id) }
        #expect(accesses == (try await premises.casework.store.read { try $0.accesses(of: id) }))
    }

    @Test("That a case was exported is in its access log")
    func recorded() async throws {
        let ids = try await fill()
        _ = try await exportEverything()
        for id in ids {
            let accesses = try await premises.casework.store.read { try $0.accesses(of: id) }
            #expect(accesses.first?.what == .exported && accesses.first?.actor == "system")
        }
        await #expect(throws: Problem.notFound) {
            try await premises.casework.export(.oneCase("SAR-2026-999999"), into: folder.path + "/no")
        }
    }

    @Test("A case whose key was destroyed is exported with its skeleton, and imported so")
    func destroyed() async throws {
        let ids = try await fill()
        let id = ids[0]
        try await premises.casework.store.write { try $0.destroyKey(try #require(try $0.keyID(of: id))) }
        _ = try await exportEverything()
        #expect(try await bringIn().cases == 2)
        #expect(try await digests(of: other, ["fact", "opening"]) == digests(of: premises, ["fact", "opening"]))
        await #expect(throws: StoreError.keyDestroyed) { try await other.casework.store.read { try $0.matter(id) } }
        #expect(try await other.casework.store.read { try $0.verify() }.findings == [])
    }

    @Test("A damaged file is left out and named, and everything else is brought along")
    func damagedFile() async throws {
        let id = try await fill()[0]
        // More than a record, so that its beginning is written before the end turns out to be damaged.
        let file = try await premises.addRecord(String(repeating: "ECG ", count: 80_000), named: "long.txt", to: id).id
        let path = "\(premises.folder.path)/vault/\(file.text.suffix(2))/\(file.text)"
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: URL(filePath: path))
        let exported = try await exportEverything()
        #expect(exported.altered == [file] && exported.missing.isEmpty && exported.files == 1)
        #expect(!(try FileManager.default.subpathsOfDirectory(atPath: export)).contains { $0.contains(file.text) })

        let imported = try await bringIn()
        #expect(imported.cases == 2 && imported.files == 1 && imported.missing == 1)
        #expect(try await other.casework.verifyFiles().findings == [.missing(file, of: id)])
        #expect(try await other.casework.store.read { try $0.matter(id) }?.files.count == 2)
    }

    @Test("A damaged case is not exported")
    func damaged() async throws {
        let ids = try await fill()
        try await premises.damage(ids[0])
        await #expect(throws: StoreError.self) { try await exportEverything() }
    }

    @Test("What is imported twice, or into an installation that is used, is refused")
    func occupied() async throws {
        _ = try await fill()
        _ = try await exportEverything()
        _ = try await bringIn()
        await #expect(throws: StoreError.self) { try await bringIn() }
        await #expect(throws: StoreError.self) { try await premises.casework.importEverything(from: export) }
    }

    // A folder that somebody has changed

    /// Changes the folder, puts its sums right as far as told, and says why it is refused.
    private func refusal(
        rightSums: Bool = true, _ change: (String) throws -> Void
    ) async throws -> String {
        _ = try await fill()
        _ = try await exportEverything()
        try change(export)
        if rightSums { try await correctSums() }
        let error = await #expect(throws: ImportFault.self) { try await bringIn() }
        // Nothing is half there, and what comes next is not in the way of what was tried.
        try other.casework.store.requireEmpty()
        let left = try FileManager.default.subpathsOfDirectory(atPath: other.folder.path + "/vault")
        #expect(!left.contains { StoredFile.ID(String($0.split(separator: "/").last ?? "")) != nil })
        return error?.description ?? ""
    }

    /// As somebody would who knows the format: only what is in the files can betray them then.
    private func correctSums() async throws {
        let script = """
            cd "$1" && find cases files tables secret -type f | sort | xargs -d '\\n' sha256sum > SHA256SUMS &&
            sum=$(sha256sum SHA256SUMS | cut -c 1-64) && sed -i "s/\\"sums\\" : \\"[0-9a-f]*\\"/\\"sums\\" : \\"$sum\\"/" export.json
            """
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script, "sh", export]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    private func first(_ kind: String) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(export)/\(kind)").sorted()
        return "\(export)/\(kind)/\(try #require(names.first))"
    }

    private func edit(_ path: String, _ old: String, _ new: String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let edited = text.replacing(old, with: new, maxReplacements: 1)
        #expect(edited != text)
        try edited.write(toFile: path, atomically: false, encoding: .utf8)
    }

    @Test("A byte that was changed is named with its file")
    func changedByte() async throws {
        let words = try await refusal(rightSums: false) { _ in try edit(try first("files"), "ECG", "EKG") }
        #expect(words.hasPrefix("files/") && words.contains("not what was exported"))
    }

    @Test("A list of sums that was changed is refused")
    func changedSums() async throws {
        let words = try await refusal(rightSums: false) { path in
            let sums = path + "/SHA256SUMS"
            try edit(sums, "  cases", "  files")
        }
        #expect(words.contains("SHA256SUMS"))
    }

    @Test("A name that leads out of the folder is refused")
    func traversal() async throws {
        let words = try await refusal(rightSums: false) { path in
            try edit(path + "/SHA256SUMS", "  cases/", "  ../cases/")
        }
        #expect(words.contains("no file of the name") && words.contains("../cases/"))
    }

    @Test("A link in place of a file or a folder is refused", arguments: ["files", "cases", "tables/staff.jsonl"])
    func links(place: String) async throws {
        let words = try await refusal(rightSums: false) { path in
            try FileManager.default.moveItem(atPath: "\(path)/\(place)", toPath: "\(folder.path)/moved")
            try FileManager.default.createSymbolicLink(
                atPath: "\(path)/\(place)", withDestinationPath: "\(folder.path)/moved")
        }
        #expect(words.contains(place))
    }

    @Test("A file that belongs to nothing is refused")
    func strayFile() async throws {
        let words = try await refusal { path in
            try "stray".write(
                toFile: "\(path)/files/01arz3ndektsv4rrffq69g5fav.txt", atomically: false, encoding: .utf8)
        }
        #expect(words.contains("no case and no draft has"))
    }

    @Test("What is in no list is refused")
    func strayName() async throws {
        let words = try await refusal(rightSums: false) { path in
            try "hello".write(toFile: path + "/cases/notes.json", atomically: false, encoding: .utf8)
        }
        #expect(words.contains("cases/notes.json"))
    }

    @Test("A document that was cut off is refused")
    func cut() async throws {
        let words = try await refusal { _ in
            let path = try first("cases")
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try String(text.dropLast(40)).write(toFile: path, atomically: false, encoding: .utf8)
        }
        #expect(words.contains("cut off"))
    }

    @Test("A version that nobody here knows is named")
    func version() async throws {
        let words = try await refusal { try edit($0 + "/export.json", "\"version\" : 1", "\"version\" : 2") }
        #expect(words.contains("version 2"))
    }

    @Test("A fact whose words were changed is located, although every sum is right")
    func changedWords() async throws {
        let words = try await refusal { _ in try edit(try first("cases"), "Aisha", "Alice") }
        #expect(words.hasPrefix("cases/") && words.contains("does not say what is sealed in it"))
    }

    @Test("A fact whose day was changed is located")
    func changedDay() async throws {
        let words = try await refusal { _ in
            try edit(try first("cases"), "\"effective\":\"2026-03-02\"", "\"effective\":\"2026-03-03\"")
        }
        #expect(words.contains("fact 1 is not what was kept"))
    }

    @Test("A case that is there twice is refused")
    func twice() async throws {
        let words = try await refusal { path in
            try FileManager.default.copyItem(
                atPath: try first("cases"), toPath: "\(path)/cases/01arz3ndektsv4rrffq69g5fav.json")
        }
        #expect(words.contains("the document of another case") || words.contains("same number"))
    }

    @Test("A case that was taken out is missed")
    func takenOut() async throws {
        let words = try await refusal { _ in try FileManager.default.removeItem(atPath: try first("cases")) }
        #expect(!words.isEmpty)
    }

    @Test("A row with another column, and a row of another case, are refused")
    func rows() async throws {
        let words = try await refusal {
            try edit($0 + "/tables/staff.jsonl", "\"department\"", "\"apartment\"")
        }
        #expect(words.contains("staff"))
    }

    @Test("Without its secret part an export can be read, but not imported")
    func withoutSecrets() async throws {
        let words = try await refusal { try FileManager.default.removeItem(atPath: $0 + "/secret/keys.jsonl") }
        #expect(words.contains("key"))
    }

    @Test("A line without an end is not read into memory")
    func endless() async throws {
        let words = try await refusal(rightSums: false) { path in
            // Sparse: a gigabyte of zeros that takes no room.
            let sums = path + "/SHA256SUMS"
            try FileManager.default.removeItem(atPath: sums)
            try Data().write(to: URL(filePath: sums))
            #expect(truncate(sums, 1 << 30) == 0)
        }
        #expect(words.contains("line longer"))
    }
}
