/// A file of a case: where its bytes are kept and what is known of them. The bytes are in the vault.
package struct StoredFile: Hashable, Sendable, Codable {
    package typealias ID = Identifier<StoredFile>

    package var id: ID
    /// The name its sender gave it; shown, never used as a path.
    package var name: String
    /// Plain bytes.
    package var size: Int
    /// Lower-case hex of the plain bytes.
    package var sha256: String
    /// The type found in the content, never the one claimed: `application/pdf`.
    package var contentType: String

    package init(id: ID, name: String, size: Int, sha256: String, contentType: String) {
        self.id = id
        self.name = name
        self.size = size
        self.sha256 = sha256
        self.contentType = contentType
    }
}

/// A file came into the case.
package struct FileAdded: Hashable, Sendable, Codable {
    package enum Purpose: String, Sendable, Codable, CaseIterable {
        /// Proof of identity, address or authority.
        case evidence
        /// Part of the records asked for: what may be released.
        case record
        /// Came with a requester's reply or request.
        case correspondence
    }

    package var file: StoredFile
    package var purpose: Purpose

    package init(file: StoredFile, purpose: Purpose) {
        self.file = file
        self.purpose = purpose
    }
}

/// What the inspection of a file found. Until there is a clean one, nobody opens the file.
package struct FileInspected: Hashable, Sendable, Codable {
    package enum Result: Hashable, Sendable, Codable {
        case clean
        case infected(String)
        /// Broken, password protected, or of a type that is not accepted: the sentence the sender is told.
        case unusable(String)
        /// The scan could not run: the answer is no until it can.
        case notScanned(String)
        /// There is no scanner, and whoever runs this has said that files may be opened all the same. Nobody knows
        /// whether it is clean.
        case admittedUnscanned
    }

    package var file: StoredFile.ID
    package var result: Result

    package init(file: StoredFile.ID, result: Result) {
        self.file = file
        self.result = result
    }
}

/// A file was taken out of the case, with the reason; its bytes stay until retention ends.
package struct FileRemoved: Hashable, Sendable, Codable {
    package var file: StoredFile.ID
    package var reason: String

    package init(file: StoredFile.ID, reason: String) {
        self.file = file
        self.reason = reason
    }
}

/// One file as folded.
package struct CaseFile: Hashable, Sendable {
    package let file: StoredFile
    package let purpose: FileAdded.Purpose
    package let on: Day
    package let by: Author
    package var inspection: FileInspected.Result?
    package var removed: String?
    /// The parts it was released in.
    package var releasedIn: [Int] = []

    package var isPresent: Bool { removed == nil }
    /// Whether it may be opened, used as a proof and released.
    package var isOpenable: Bool { inspection == .clean || inspection == .admittedUnscanned }
}
