import Foundation
import NIOCore
import Rights
import Store

/// What an export wrote.
package struct Exported: Sendable {
    package let cases: Int
    package let facts: Int
    package let files: Int
    package let bytes: Int
    /// Files whose bytes were not there.
    package let missing: [StoredFile.ID]
    /// Files whose bytes are not those that were put in. They are left out.
    package let altered: [StoredFile.ID]
}

extension Casework {
    /// What is written out.
    package enum Selection: Hashable, Sendable {
        case everything
        /// One case, by its reference.
        case oneCase(String)
    }

    /// Writes cases, or everything, into a folder in open formats, which `importEverything` reads again. That each case
    /// was exported is in its access log before the first byte is written.
    ///
    /// A file that is missing or damaged is left out and named: whoever leaves takes what there is.
    ///
    /// - Throws: `Problem.notFound` for a reference of no case; `StoreError.tampered` for a case that is not what was
    ///   kept.
    package func export(
        _ selection: Selection, into path: String, progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> Exported {
        let ids = try await idsToExport(selection)
        let now = surroundings.now()
        try await store.write { transaction in
            for id in ids {
                try transaction.recordAccess(.exported, of: id, by: Actor.system("Export").skeleton, at: now)
            }
        }
        var written = try await store.readEverything { transaction in
            var writing = ExportWriting(folder: try ExportFolder(making: path), transaction: transaction)
            let keys = try writing.writeSecrets(selection)
            if selection == .everything { try writing.writeTables() }
            for (index, id) in ids.enumerated() {
                try writing.writeCase(id, keys)
                if (index + 1).isMultiple(of: 500) { progress("\(index + 1) of \(ids.count) cases") }
            }
            return writing.written
        }
        var (missing, altered): ([StoredFile.ID], [StoredFile.ID]) = ([], [])
        var bytes = 0
        for (index, file) in written.files.enumerated() {
            do {
                let reader = try await vault.reader(of: file.id, size: file.size, under: file.key)
                try await written.folder.write(reader.stream().map(\.readableBytesView), to: file.name)
                guard written.folder.sums[file.name] == file.sha256 else { throw VaultError.altered }
                bytes += file.size
            } catch VaultError.missing {
                missing.append(file.id)
            } catch VaultError.altered {
                altered.append(file.id)
                try written.folder.remove(file.name)
            }
            if (index + 1).isMultiple(of: 500) { progress("\(index + 1) of \(written.files.count) files") }
        }
        try written.folder.write(
            ExportManifest(
                kind: selection == .everything ? .everything : .oneCase, trust: trust.name, made: now.description,
                schema: Store.schema, cases: written.cases, missing: missing.map(\.text),
                altered: altered.map(\.text), sums: try written.folder.writeSums()))
        return Exported(
            cases: written.cases.count, facts: written.facts,
            files: written.files.count - missing.count - altered.count, bytes: bytes, missing: missing, altered: altered
        )
    }

    private func idsToExport(_ selection: Selection) async throws -> [Case.ID] {
        switch selection {
        case .everything:
            return try await store.readEverything { transaction in
                if let finding = try transaction.verify().findings.first { throw StoreError.damaged("\(finding)") }
                return try transaction.caseIDs()
            }
        case .oneCase(let reference):
            guard let id = try await store.read({ try $0.summary(withReference: reference)?.id }) else {
                throw Problem.notFound
            }
            return [id]
        }
    }
}

/// What was written out of the database, and which files are to follow.
private struct WrittenOut: Sendable {
    struct File: Sendable {
        let id: StoredFile.ID
        let size: Int
        let sha256: String
        let key: DataKey
        let name: String
    }

    var folder: ExportFolder
    var cases: [ExportManifest.Listed] = []
    var facts = 0
    var files: [File] = []
}

/// The part of an export that is one state of the database.
private struct ExportWriting {
    private(set) var written: WrittenOut
    private let transaction: Transaction

    init(folder: ExportFolder, transaction: Transaction) {
        written = WrittenOut(folder: folder)
        self.transaction = transaction
    }

    /// The keys of everything, or none yet: a case's own is written with it.
    mutating func writeSecrets(_ selection: Casework.Selection) throws -> [DataKey.ID: KeyRecord]? {
        guard selection == .everything else { return nil }
        var keys: [DataKey.ID: KeyRecord] = [:]
        let transaction = transaction
        try written.folder.writeLines(to: ExportName.keys) { line in
            try transaction.walkKeys { key in
                keys[key.id] = key
                try line(KeyLine(key))
            }
        }
        try written.folder.writeLines(to: ExportName.accountSecrets) { line in
            try transaction.walkAccountSecrets { for row in $0 { try line(row.exported) } }
        }
        return keys
    }

    mutating func writeTables() throws {
        let transaction = transaction
        for table in try transaction.tablesTakenOut() {
            var files: [TableRow] = []
            try written.folder.writeLines(to: ExportName.rows(of: table)) { line in
                try transaction.walkRows(of: table) { rows in
                    if table == FileRow.table { files += rows }
                    for row in rows { try line(row.exported) }
                }
            }
            for file in files { _ = try follow(file) }
        }
    }

    mutating func writeCase(_ id: Case.ID, _ keys: [DataKey.ID: KeyRecord]?) throws {
        guard let record = try transaction.record(of: id) else { throw StoreError.noSuchCase }
        let key: KeyRecord?
        if let keys {
            key = keys[record.key]
        } else {
            var own: KeyRecord?
            try transaction.walkKeys(only: record.key) { own = $0 }
            key = own
            let line = own
            try written.folder.writeLines(to: ExportName.keys) { add in
                if let line { try add(KeyLine(line)) }
            }
        }
        let opened = try record.opened(with: key?.root)
        let matter = try opened.map { try Case(id: id, entries: try EntryCoding.entries($0)) }
        let rows = try transaction.rows(of: id)
        let names = try key?.root.map { _ in try transaction.names(of: id) }
        let documents = try rows.first { $0.table == FileRow.table }?.rows.compactMap { row in
            try describe(row, named: names)
        }
        let document = try CaseDocument(
            record, opened, reference: matter?.reference, files: documents ?? [],
            rows: Dictionary(uniqueKeysWithValues: rows.map { ($0.table, $0.rows.map(\.exported)) }))
        try written.folder.write(try JSONEncoder.exporting.encode(document), to: ExportName.document(of: id))
        written.cases.append(ExportManifest.Listed(id: id.text, reference: matter?.reference))
        written.facts += record.facts.count
    }

    private mutating func describe(
        _ row: TableRow, named names: [StoredFile.ID: String]?
    ) throws -> CaseDocument.File? {
        guard let file = FileRow(row), let name = names?[file.id] else { return nil }
        return CaseDocument.File(
            id: file.id.text, name: name, size: file.size, sha256: file.sha256, contentType: file.contentType,
            document: try follow(row))
    }

    /// Has the bytes of a file follow; returns where they will be, or nothing where its key was destroyed.
    private mutating func follow(_ row: TableRow) throws -> String? {
        guard let file = FileRow(row) else { throw StoreError.notARow(table: FileRow.table) }
        do {
            written.files.append(
                WrittenOut.File(
                    id: file.id, size: file.size, sha256: file.sha256, key: try transaction.key(file.key),
                    name: file.document))
            return file.document
        } catch StoreError.keyDestroyed {
            return nil
        }
    }
}

extension Transaction {
    /// The names that their senders gave to the files of a case.
    fileprivate func names(of id: Case.ID) throws -> [StoredFile.ID: String] {
        Dictionary(uniqueKeysWithValues: try files(of: id).map { ($0.file.id, $0.file.name) })
    }
}

extension KeyLine {
    init(_ key: KeyRecord) {
        self.init(id: key.id.text, madeAt: key.madeAt, root: key.root.map { Data($0) })
    }
}

extension CaseDocument {
    fileprivate init(
        _ record: CaseRecord, _ opened: [StoredFact]?, reference: String?, files: [File],
        rows: [String: [[String: JSON]]]
    ) throws {
        let decoder = JSONDecoder()
        self.init(
            id: record.id.text, reference: reference, key: record.key.text,
            opening: Opening(
                number: record.number, at: record.openedAt, after: record.after.hexadecimal,
                hash: record.hash.hexadecimal),
            facts: try record.facts.enumerated().map { index, fact in
                Fact(
                    sequence: fact.sequence, kind: fact.kind, recorded: fact.recorded, effective: fact.effective,
                    actor: fact.actor,
                    content: try opened.map { try decoder.decode(JSON.self, from: Data($0[index].body)) },
                    sealed: Data(fact.sealed), hash: fact.hash.hexadecimal)
            }, files: files, rows: rows)
    }
}

/// What an export has to know of a row of the table of files.
struct FileRow {
    static let table = "file"

    let id: StoredFile.ID
    let key: DataKey.ID
    let caseID: String?
    let size: Int
    let sha256: String
    let contentType: String

    init?(_ row: TableRow) {
        guard let id = row.text("file_id").flatMap({ StoredFile.ID($0) }),
            let key = row.text("key_id").flatMap({ DataKey.ID($0) }), case .integer(let size)?? = row["size"],
            let sha256 = row.text("sha256"), let contentType = row.text("content_type")
        else { return nil }
        self.id = id
        self.key = key
        caseID = row.text("case_id")
        self.size = Int(size)
        self.sha256 = sha256
        self.contentType = contentType
    }

    /// Where its bytes are in an export.
    var document: String { ExportName.file(id.text, contentType) }
}
