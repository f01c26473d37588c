/// A statement that a named person confirms before anything leaves (S2-105, S2-120; the release gate).
package struct ReleaseCheck: Listed, Hashable {
    package let code: String
    /// In the first person: `Every page is about this patient and nobody else`.
    package let text: String
    package let regimes: Set<Regime>
    package let retired: Bool

    package init(code: String, text: String, regimes: Set<Regime>, retired: Bool = false) {
        self.code = code
        self.text = text
        self.regimes = regimes
        self.retired = retired
    }
}

/// What may be uploaded (S1-40).
package struct FileLimits: Hashable, Sendable {
    /// The size of one file in bytes, from requesters and from staff.
    package let requesterBytes: Int
    package let staffBytes: Int
    /// Bytes that everything one account has uploaded and not sent may hold together.
    package let unsentBytes: Int
    /// How many files one question takes.
    package let filesPerQuestion: Int
    /// How many files one request may hold from its requester.
    package let filesPerRequest: Int
    /// What requesters may send.
    package let requesterTypes: [FileType]
    /// What staff may add to the record, images from scanners and X-ray among them.
    package let staffTypes: [FileType]

    package init(
        requesterBytes: Int, staffBytes: Int, unsentBytes: Int, filesPerQuestion: Int, filesPerRequest: Int,
        requesterTypes: [FileType],
        staffTypes: [FileType]
    ) {
        self.requesterBytes = requesterBytes
        self.staffBytes = staffBytes
        self.unsentBytes = unsentBytes
        self.filesPerQuestion = filesPerQuestion
        self.filesPerRequest = filesPerRequest
        self.requesterTypes = requesterTypes
        self.staffTypes = staffTypes
    }
}

/// The kinds of file the product can tell apart by content; a policy chooses among them.
package enum FileType: String, CaseIterable, Sendable, Codable {
    case pdf, jpg, png, heic, tiff, doc, docx, odt, rtf, txt, csv, xls, xlsx, eml, msg, dicom, mp3, mp4, zip

    /// As pages name it: `PDF`.
    package var label: String {
        switch self {
        case .dicom: "DICOM"
        case .docx, .doc: "Word"
        case .xlsx, .xls: "Excel"
        case .pdf, .jpg, .png, .heic, .tiff, .odt, .rtf, .txt, .csv, .eml, .msg, .mp3, .mp4, .zip:
            rawValue.uppercased()
        }
    }
}

/// How long things stay.
package struct Periods: Hashable, Sendable {
    /// Days for which released files can be fetched (S1-63).
    package let downloadDays: Int
    /// Days before that end on which the requester is warned.
    package let downloadWarningDays: Int
    /// Days for which a draft is kept since it was last changed (S1-38).
    package let draftDays: Int
    /// Years for which a case is kept after it closed, then reviewed (policy 5.3(h); S2-107).
    package let retentionYears: Int

    package init(downloadDays: Int, downloadWarningDays: Int, draftDays: Int, retentionYears: Int) {
        self.downloadDays = downloadDays
        self.downloadWarningDays = downloadWarningDays
        self.draftDays = draftDays
        self.retentionYears = retentionYears
    }

    /// The last day on which files can be downloaded (S1-63).
    package func lastDownload(ofFilesReleasedOn day: Day) -> Day { day + downloadDays }

    /// The day on which it is looked at whether a closed case is still to be kept (policy 5.3(h); S2-107).
    package func review(ofCaseClosedOn day: Day) -> Day { day.adding(months: 12 * retentionYears) }
}

/// Whether the trust may ask for money (policy 4.2.3, 5.3(a); decision aid 4.5). Nothing is charged by default.
package struct FeeRules: Hashable, Sendable {
    /// On which grounds a fee may be asked for a living patient's request; empty: never.
    package let living: Set<Ground>
    /// The same for the deceased. Unlawful since 25 May 2018 (Access to Health Records Act s.3(4)).
    package let deceased: Set<Ground>
    /// A fee against the law of today stops hard, whatever the lists above say (law-today.md row 14).
    package let deceasedIsBlocked: Bool

    package init(living: Set<Ground>, deceased: Set<Ground>, deceasedIsBlocked: Bool) {
        self.living = living
        self.deceased = deceased
        self.deceasedIsBlocked = deceasedIsBlocked
    }

    package enum Ground: String, CaseIterable, Sendable, Codable {
        case manifestlyUnfounded = "manifestly-unfounded"
        case excessive
        case duplicate
    }
}

/// When people are told that a date comes near (policy 7.2.6, 3.4; S2-189, S2-012).
package struct AlertRules: Hashable, Sendable {
    /// Days before the earlier date, largest first: `7, 3, 1, 0`.
    package let warningDays: [Int]
    /// Codes of the roles that are told of a warning, besides the case's handler.
    package let warned: [String]
    /// Codes of the roles that are told at once of a breach.
    package let breachTold: [String]

    package init(warningDays: [Int], warned: [String], breachTold: [String]) {
        self.warningDays = warningDays
        self.warned = warned
        self.breachTold = breachTold
    }
}
