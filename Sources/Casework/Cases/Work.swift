import Rights
import Store

extension NewJob {
    /// The kind of the job that inspects a file; its body is `case/file`.
    package static let scanKind = WorkKind.scanFile.rawValue

    /// A file of a case is to be inspected. Its key is the file: one inspection, however often it is asked for.
    package static func scan(_ file: StoredFile.ID, of id: Case.ID) -> NewJob {
        NewJob(kind: scanKind, body: "\(id)/\(file)", dedupeKey: "scan:\(file)")
    }
}

/// What the body of an inspection names.
package struct ScanOrder: Hashable, Sendable {
    package let caseID: Case.ID
    package let file: StoredFile.ID

    init(caseID: Case.ID, file: StoredFile.ID) {
        self.caseID = caseID
        self.file = file
    }

    /// Nothing for a body that no version of the program wrote.
    package init?(body: String) {
        let parts = body.split(separator: "/")
        guard parts.count == 2, let caseID = Case.ID(parts[0]), let file = StoredFile.ID(parts[1]) else { return nil }
        self.caseID = caseID
        self.file = file
    }
}
