/// A named person confirmed the policy's statements before a release, about exactly these files.
package struct ReleaseConfirmed: Hashable, Sendable, Codable {
    /// The policy's codes of the statements confirmed.
    package var statements: [String]
    package var files: [StoredFile.ID]

    package init(statements: [String], files: [StoredFile.ID]) {
        self.statements = statements
        self.files = files
    }
}

/// Files were released to the requester: one part, or the last (policy 5.3(d): staggered release).
package struct PartReleased: Hashable, Sendable, Codable {
    /// Counted within the case from 1.
    package var number: Int
    package var files: [StoredFile.ID]
    /// The covering note, which explains what is enclosed and what was withheld (policy 5.3(f)).
    package var note: String
    /// Whether this is the last part, which answers the request.
    package var isFinal: Bool
    /// The last day on which the files can be downloaded.
    package var downloadUntil: Day

    package init(number: Int, files: [StoredFile.ID], note: String, isFinal: Bool, downloadUntil: Day) {
        self.number = number
        self.files = files
        self.note = note
        self.isFinal = isFinal
        self.downloadUntil = downloadUntil
    }
}

/// A part whose time had ended can be downloaded once more (S1-63).
package struct ReleasedAgain: Hashable, Sendable, Codable {
    package var part: Int
    /// Why, for the file.
    package var reason: String
    /// The last day of the new time.
    package var downloadUntil: Day

    package init(part: Int, reason: String, downloadUntil: Day) {
        self.part = part
        self.reason = reason
        self.downloadUntil = downloadUntil
    }
}

/// The requester took a copy (S1-63).
package struct FileDownloaded: Hashable, Sendable, Codable {
    package var part: Int
    package var file: StoredFile.ID
    package var sha256: String

    package init(part: Int, file: StoredFile.ID, sha256: String) {
        self.part = part
        self.file = file
        self.sha256 = sha256
    }
}

/// One released part as folded.
package struct ReleasedPart: Hashable, Sendable {
    package let part: PartReleased
    package let on: Day
    package let by: Author
    package var downloads: [Download] = []
    /// The times it was released again, oldest first.
    package var again: [Again] = []

    /// The last day on which the files can be downloaded, by the newest release of them.
    package var downloadUntil: Day { again.last?.released.downloadUntil ?? part.downloadUntil }
    /// The copies taken since the newest release of the files.
    package var freshDownloads: [Download] { downloads.filter { $0.at >= again.last?.at ?? $0.at } }

    package struct Again: Hashable, Sendable {
        package let released: ReleasedAgain
        package let on: Day
        package let at: Moment
        package let by: Author
    }

    package struct Download: Hashable, Sendable {
        package let file: StoredFile.ID
        package let at: Moment
        package let on: Day
    }
}
