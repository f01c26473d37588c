import Documents
import Foundation
import Rights
import Store

/// `export.json`: what an export is, and the sum over the list of sums, so that nothing in it is changed unnoticed.
struct ExportManifest: Codable, Sendable {
    enum Kind: String, Codable {
        case everything
        case oneCase = "case"
    }

    struct Listed: Codable {
        let id: String
        let reference: String?
    }

    static let format = "rightsdesk export"
    /// Raised when a reader of the version before would misread what is written.
    static let version = 1

    var format = Self.format
    var version = Self.version
    let kind: Kind
    /// The trust's name.
    let trust: String
    let made: String
    /// The number of the last change to the tables whose rows these are.
    let schema: Int
    let cases: [Listed]
    /// Files whose bytes were not there any more.
    let missing: [String]
    /// Files whose bytes were not those that were put in, which are left out; not said by exports of before.
    let altered: [String]?
    /// SHA-256 of the file `SHA256SUMS`.
    let sums: String

    /// What an import goes without.
    var lacking: Set<String> { Set(missing).union(altered ?? []) }
}

/// `cases/ID.json`: a case with its whole history.
struct CaseDocument: Codable {
    struct Opening: Codable {
        let number: Int
        let at: String
        /// The link before it in the chain of openings, and its own, in hexadecimal.
        let after: String
        let hash: String
    }

    struct Fact: Codable {
        let sequence: Int
        let kind: String
        let recorded: String
        let effective: String
        let actor: String
        /// What happened; nothing where the case's key was destroyed.
        let content: JSON?
        /// The content as it is kept, under the case's key: what the chain is over.
        let sealed: Data
        let hash: String
    }

    struct File: Codable {
        let id: String
        let name: String
        let size: Int
        let sha256: String
        let contentType: String
        /// Where its bytes are in the export, unless `missing` or `altered` of the manifest names it.
        let document: String?
    }

    static let format = "rightsdesk case"

    var format = Self.format
    var version = ExportManifest.version
    let id: String
    let reference: String?
    let key: String
    let opening: Opening
    let facts: [Fact]
    let files: [File]
    /// What other tables have of the case.
    let rows: [String: [[String: JSON]]]
}

/// A line of `secret/keys.jsonl`.
struct KeyLine: Codable {
    let id: String
    let madeAt: String
    /// Nothing where it was destroyed.
    let root: Data?
}

/// The names of files in an export. None of them says anything about a person.
enum ExportName {
    static let manifest = "export.json"
    static let sums = "SHA256SUMS"
    static let keys = "secret/keys.jsonl"
    static let accountSecrets = "secret/account.jsonl"
    static let folders = ["cases", "files", "secret", "tables"]

    static func document(of id: Case.ID) -> String { "cases/\(id).json" }
    static func rows(of table: String) -> String { "tables/\(table).jsonl" }

    /// By the type of its content, so that a reader's machine knows how to open it.
    static func file(_ id: String, _ contentType: String) -> String {
        "files/\(id).\(endings[contentType] ?? "bin")"
    }

    private static let endings: [String: String] = {
        var endings: [String: String] = [:]
        for kind in FileKind.allCases {
            switch kind {
            case .lockedOffice, .program, .unrecognised: continue
            case .text: endings[kind.mediaType] = "txt"
            case .email: endings[kind.mediaType] = "eml"
            case .outlook: endings[kind.mediaType] = "msg"
            case .dicom: endings[kind.mediaType] = "dcm"
            case .quicktime: endings[kind.mediaType] = "mov"
            case .jpeg: endings[kind.mediaType] = "jpg"
            case .pdf, .png, .gif, .tiff, .heic, .bmp, .webp, .docx, .xlsx, .pptx, .odt, .ods, .doc, .xls, .ppt, .rtf,
                .html, .zip, .mp4, .wav, .mp3:
                endings[kind.mediaType] = kind.rawValue
            }
        }
        return endings
    }()

    /// Whether an export may hold a file of this name: nothing else is opened, and no name leads out of the folder.
    static func isKnown(_ name: String) -> Bool {
        if name == keys || name == accountSecrets { return true }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let dot = parts[1].firstIndex(of: ".") else { return false }
        let (stem, ending) = (parts[1][..<dot], parts[1][parts[1].index(after: dot)...])
        switch parts[0] {
        case "cases": return Case.ID(stem) != nil && ending == "json"
        case "files": return StoredFile.ID(stem) != nil && (ending == "bin" || endings.values.contains(String(ending)))
        case "tables":
            return ending == "jsonl" && !stem.isEmpty
                && stem.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
        default: return false
        }
    }
}

extension JSONEncoder {
    /// One value, one text: what is exported twice is the same twice.
    static var exporting: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
