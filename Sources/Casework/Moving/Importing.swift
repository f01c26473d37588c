import Foundation
import Rights
import Store

/// What was brought in.
package struct Imported: Sendable {
    package let cases: Int
    package let facts: Int
    package let files: Int
    package let bytes: Int
    /// Files that the export is without.
    package let missing: Int
}

extension Casework {
    /// Brings an export into this installation, which must hold nothing yet: all of it, or nothing.
    ///
    /// The folder is read through first. Then its files are sealed for the vault, and then all rows are kept in one
    /// transaction that ends with a walk over every chain. Files that were sealed when it is cut off belong to nothing,
    /// and are put there again by the next attempt or taken away by the sweep.
    ///
    /// - Throws: `ImportFault` for a folder that is not what was exported, `StoreError.notEmpty`.
    package func importEverything(
        from path: String, progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> Imported {
        try store.requireEmpty()
        progress("reading \(path)")
        let checked = try CheckedImport(ImportFolder(opening: path), progress: progress)
        try await vault.removeAbandoned(before: surroundings.now() + 1)
        progress("sealing \(checked.files.count) files")
        var put: [StoredFile.ID] = []
        do {
            for file in checked.files {
                put.append(file.id)
                try await seal(file, from: checked.folder)
                if put.count.isMultiple(of: 500) { progress("\(put.count) of \(checked.files.count) files sealed") }
            }
            progress("keeping \(checked.cases.count) cases")
            try keep(checked)
        } catch StoreError.outcomeUnknown {
            // The rows may be there. Bytes without a row are swept; rows without their bytes would be lost files.
            throw StoreError.outcomeUnknown
        } catch {
            for id in put { _ = try? await vault.remove(id) }
            throw error
        }
        progress("making the lists")
        _ = try await rebuild()
        return Imported(
            cases: checked.cases.count, facts: checked.facts, files: checked.files.count,
            bytes: checked.files.reduce(0) { $0 + $1.size }, missing: checked.folder.manifest.lacking.count)
    }

    private func keep(_ checked: CheckedImport) throws {
        do {
            try store.bringIn { try $0.keep(checked) }
        } catch let error as StoreError {
            switch error {
            case .notARow, .notUnique, .constraintViolated:
                throw ImportFault("A row does not fit: \(error)")
            default: throw error
            }
        }
    }

    private func seal(_ file: CheckedImport.File, from folder: ImportFolder) async throws {
        guard let key = file.key.opened else { throw StoreError.keyDestroyed }
        // An attempt before this one may have been cut off after it.
        try await vault.remove(file.id)
        let stored = try await vault.write(
            try folder.bytes(of: file.document), as: file.id, under: key, limit: file.size)
        guard stored.sha256 == file.sha256, stored.size == file.size else {
            throw ImportFault(file.document, "it was changed while it was read")
        }
    }
}

extension Transaction {
    /// Keeps every row of an export that was read through. It is read again, because there may be more than memory holds.
    fileprivate func keep(_ checked: CheckedImport) throws {
        let folder = checked.folder
        for key in checked.keys.values.sorted(by: { $0.id < $1.id }) { try bringIn(key) }
        let tables = try tablesTakenOut()
        guard Set(folder.names(in: "tables")).isSubset(of: tables.map { ExportName.rows(of: $0) }) else {
            throw ImportFault("tables", "there are rows of a table that rightsdesk does not have")
        }
        for table in tables { try keepRows(of: table, from: folder) }
        var link: [UInt8]?
        for (index, name) in checked.cases.enumerated() {
            let document = try folder.read(CaseDocument.self, from: name)
            let record = try CaseRecord(document, in: name)
            let placed = try bringIn(record, as: index + 1, after: link)
            // The whole store's chain is what it was: the same links, not only the same facts.
            guard folder.manifest.kind == .oneCase || placed == record else {
                throw ImportFault(name, "it does not follow the case before it")
            }
            link = placed.hash
            guard Set(document.rows.keys).isSubset(of: tables) else {
                throw ImportFault(name, "there are rows of a table that rightsdesk does not have")
            }
            for table in tables {
                try bringIn((document.rows[table] ?? []).compactMap { TableRow(exported: $0) }, into: table)
            }
        }
        if let link { try seal(openings: checked.cases.count, endingWith: link) }
        try redigestEvents()
        if let finding = try verify().findings.first { throw ImportFault("\(finding)") }
    }

    private func keepRows(of table: String, from folder: ImportFolder) throws {
        var secrets: [String: TableRow] = [:]
        if table == ExportedTables.account {
            try folder.eachLine([String: JSON].self, of: ExportName.accountSecrets) { line in
                guard let row = TableRow(exported: line), let id = row.text("id") else {
                    throw ImportFault(ExportName.accountSecrets, "a line is not in its form")
                }
                secrets[id] = row
            }
        }
        var batch: [TableRow] = []
        try folder.eachLine([String: JSON].self, of: ExportName.rows(of: table)) { line in
            guard var row = TableRow(exported: line) else {
                throw ImportFault(ExportName.rows(of: table), "a value is of no column")
            }
            if table == ExportedTables.account { row = try account(row, with: secrets[row.text("id") ?? ""] ?? [:]) }
            batch.append(row)
            guard batch.count == 500 else { return }
            try bringIn(batch, into: table)
            batch = []
        }
        try bringIn(batch, into: table)
    }
}
