import Foundation
import Rights
import Store

/// An export that was read through before anything of it is kept: every sum, every link of every chain, every fact
/// opened and compared with what is written beside it, every row of the right case, every file where it should be.
struct CheckedImport: Sendable {
    struct File: Sendable {
        let id: StoredFile.ID
        let key: KeyRecord
        let size: Int
        let sha256: String
        let document: String
    }

    let folder: ImportFolder
    /// The documents of cases, the first opened first.
    let cases: [String]
    let keys: [DataKey.ID: KeyRecord]
    let files: [File]
    let facts: Int

    /// - Throws: `ImportFault`.
    init(_ folder: ImportFolder, progress: (String) -> Void) throws {
        guard folder.manifest.schema == Store.schema else {
            throw ImportFault(
                ExportName.manifest,
                "the tables are those of another version of rightsdesk (\(folder.manifest.schema), here "
                    + "\(Store.schema)). Import with that version, then upgrade")
        }
        try folder.check { if $0.isMultiple(of: 2000) { progress("\($0) of \(folder.sums.count) files compared") } }
        var checking = Checking(folder: folder)
        try checking.readKeys()
        try checking.readTables()
        try checking.readCases(progress)
        try checking.requireEverything()
        self.folder = folder
        cases = checking.numbers.sorted { $0.key < $1.key }.map(\.value)
        keys = checking.keys
        files = checking.files
        facts = checking.facts
    }
}

private struct Checking {
    let folder: ImportFolder
    private(set) var keys: [DataKey.ID: KeyRecord] = [:]
    private(set) var files: [CheckedImport.File] = []
    /// The documents of cases, by the number of their opening.
    private(set) var numbers: [Int: String] = [:]
    private(set) var facts = 0
    private var references: Set<String> = []
    private var keysOfCases: Set<DataKey.ID> = []
    private let missing: Set<String>
    private let decoder = JSONDecoder()

    init(folder: ImportFolder) {
        self.folder = folder
        missing = folder.manifest.lacking
    }

    mutating func readKeys() throws {
        var keys: [DataKey.ID: KeyRecord] = [:]
        try folder.eachLine(KeyLine.self, of: ExportName.keys) { line in
            guard let key = KeyRecord(line), keys.updateValue(key, forKey: key.id) == nil else {
                throw ImportFault(ExportName.keys, "a key is not in its form, or is there twice")
            }
        }
        self.keys = keys
    }

    mutating func readTables() throws {
        for name in folder.names(in: "tables") {
            var found: [TableRow] = []
            try folder.eachLine([String: JSON].self, of: name) { line in
                guard let row = TableRow(exported: line) else {
                    throw ImportFault(name, "a value is of no column")
                }
                guard (row["case_id"] ?? nil) == nil else { throw ImportFault(name, "a row belongs to a case") }
                if name == ExportName.rows(of: FileRow.table) { found.append(row) }
            }
            for row in found { try follow(row, of: nil, in: name) }
        }
    }

    mutating func readCases(_ progress: (String) -> Void) throws {
        let names = folder.names(in: "cases")
        for (index, name) in names.enumerated() {
            let document = try folder.read(CaseDocument.self, from: name)
            let record = try CaseRecord(document, in: name)
            guard name == ExportName.document(of: record.id) else {
                throw ImportFault(name, "it is the document of another case")
            }
            guard numbers.updateValue(name, forKey: record.number) == nil else {
                throw ImportFault(name, "another case has the same number")
            }
            if let reference = document.reference, !references.insert(reference).inserted {
                throw ImportFault(name, "another case has the same reference")
            }
            guard let key = keys[record.key], keysOfCases.insert(record.key).inserted else {
                throw ImportFault(name, "its key is missing, or is another case's: the part `secret` is needed")
            }
            try check(document, record, key, in: name)
            for (table, rows) in document.rows {
                for exported in rows {
                    guard let row = TableRow(exported: exported), row.text("case_id") == record.id.text else {
                        throw ImportFault(name, "a row of \(table.prefix(40).debugDescription) is not of this case")
                    }
                    if table == FileRow.table { try follow(row, of: record, in: name) }
                }
            }
            facts += record.facts.count
            if (index + 1).isMultiple(of: 500) { progress("\(index + 1) of \(names.count) cases checked") }
        }
    }

    /// Every link, every fact as it is written beside its sealed form, and a history that is a case's.
    private func check(_ document: CaseDocument, _ record: CaseRecord, _ key: KeyRecord, in name: String) throws {
        let opened: [StoredFact]?
        do {
            opened = try record.opened(with: key.root)
        } catch StoreError.tampered(_, let sequence) {
            throw ImportFault(
                name, sequence == 0 ? "its opening is not what was kept" : "fact \(sequence) is not what was kept")
        }
        guard let opened else {
            guard document.facts.allSatisfy({ $0.content == nil }) else {
                throw ImportFault(name, "it has content without a key")
            }
            return
        }
        for (fact, written) in zip(opened, document.facts) {
            guard let content = try? decoder.decode(JSON.self, from: Data(fact.body)), content == written.content else {
                throw ImportFault(name, "fact \(fact.sequence) does not say what is sealed in it")
            }
        }
        guard let entries = try? EntryCoding.entries(opened), let matter = try? Case(id: record.id, entries: entries)
        else { throw ImportFault(name, "its facts are no case that this version of rightsdesk knows") }
        guard matter.reference == document.reference else { throw ImportFault(name, "its reference is another") }
    }

    /// Has the bytes of a file brought in with it.
    private mutating func follow(_ row: TableRow, of record: CaseRecord?, in name: String) throws {
        guard let file = FileRow(row), record == nil || record?.key == file.key, let key = keys[file.key] else {
            throw ImportFault(name, "a file is not in its form, or is under another key than its case")
        }
        guard key.root != nil, !missing.contains(file.id.text) else { return }
        guard folder.sums[file.document] == file.sha256, try folder.size(of: file.document) == file.size else {
            throw ImportFault(file.document, "it is missing, or is not the file that was put in")
        }
        files.append(
            CheckedImport.File(
                id: file.id, key: key, size: file.size, sha256: file.sha256, document: file.document))
    }

    /// Nothing that the export says it holds is left out, and nothing is there that belongs to nothing.
    func requireEverything() throws {
        let listed = folder.manifest.cases.map { "cases/\($0.id).json" }
        guard listed.sorted() == folder.names(in: "cases") else {
            throw ImportFault(ExportName.manifest, "it does not list the cases that are there, each once")
        }
        guard files.map(\.document).sorted() == folder.names(in: "files") else {
            throw ImportFault("files", "a file is there that no case and no draft has, or one is there twice")
        }
        switch folder.manifest.kind {
        case .everything:
            guard numbers.keys.sorted() == Array(1..<(numbers.count + 1)) else {
                throw ImportFault("cases", "a case is missing: their numbers have a gap")
            }
        case .oneCase:
            guard numbers.count == 1, keys.count == 1, folder.names(in: "tables").isEmpty else {
                throw ImportFault(ExportName.manifest, "this is more than one case")
            }
        }
    }
}

extension KeyRecord {
    fileprivate init?(_ line: KeyLine) {
        guard let id = DataKey.ID(line.id), Moment(line.madeAt) != nil, line.root.map({ $0.count == 32 }) ?? true else {
            return nil
        }
        self.init(id: id, madeAt: line.madeAt, root: line.root.map { Array($0) })
    }
}

extension CaseRecord {
    /// - Throws: `ImportFault` for a document that no export has.
    init(_ document: CaseDocument, in name: String) throws {
        let opening = document.opening
        guard document.format == CaseDocument.format, document.version == ExportManifest.version,
            let id = Case.ID(document.id), let key = DataKey.ID(document.key), opening.number > 0,
            let after = [UInt8](hexadecimal: opening.after), let hash = [UInt8](hexadecimal: opening.hash)
        else { throw ImportFault(name, "it is not in the form of an export") }
        self.init(
            id: id, number: opening.number, openedAt: opening.at, after: after, hash: hash, key: key,
            facts: try document.facts.map { fact in
                guard let hash = [UInt8](hexadecimal: fact.hash) else {
                    throw ImportFault(name, "it is not in the form of an export")
                }
                return Fact(
                    sequence: fact.sequence, kind: fact.kind, recorded: fact.recorded, effective: fact.effective,
                    actor: fact.actor, sealed: Array(fact.sealed), hash: hash)
            })
    }
}
