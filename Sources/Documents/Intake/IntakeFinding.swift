import Rights

/// Why a file cannot be taken as it is. The sender is told in the words of the GOV.UK file upload pattern.
package enum IntakeFinding: Hashable, Sendable {
    case empty
    case tooLarge(maximumBytes: Int)
    case notAccepted(FileKind, accepted: Set<FileKind>)
    case passwordProtected
    /// Cut short or damaged, so that nobody could open it.
    case broken
    /// An archive that says it holds more files than may be.
    case tooManyEntries(maximum: Int)
    /// An archive that says it unpacks to far more than its size.
    case unpacksTooLarge(maximumBytes: Int)
    /// An archive within an archive.
    case archiveInArchive
    /// Malware, with the scanner's name for it, which staff see and the sender does not.
    case infected(String)

    /// A stable name, in kebab case.
    package var code: String {
        switch self {
        case .empty: "file-empty"
        case .tooLarge: "file-too-large"
        case .notAccepted: "file-type-not-accepted"
        case .passwordProtected: "file-password-protected"
        case .broken: "file-broken"
        case .tooManyEntries: "archive-too-many-files"
        case .unpacksTooLarge: "archive-unpacks-too-large"
        case .archiveInArchive: "archive-in-archive"
        case .infected: "file-infected"
        }
    }

    /// What the sender is told and can do. `subject` begins the sentence: a page says "The selected file", a message
    /// about one of several files says its name.
    package func message(about subject: String = "The selected file") -> String {
        switch self {
        case .empty: "\(subject) is empty"
        case .tooLarge(let maximum): "\(subject) must be smaller than \(IntakeFinding.inWords(bytes: maximum))"
        case .notAccepted(_, let accepted): "\(subject) must be a \(IntakeFinding.inWords(accepted))"
        case .passwordProtected:
            "\(subject) is password protected. Remove the password, or print it to a new PDF, and upload it again"
        case .broken:
            "\(subject) is damaged or incomplete. Check that it opens on your device, save it again and upload it again"
        case .tooManyEntries(let maximum):
            "\(subject) must hold no more than \(maximum) files. Upload the files in parts"
        case .unpacksTooLarge(let maximum):
            "\(subject) must unpack to less than \(IntakeFinding.inWords(bytes: maximum)) and must not be compressed "
                + "beyond measure. Upload the files in it one by one"
        case .archiveInArchive:
            "\(subject) must not hold another archive. Unpack it and upload the files in it"
        case .infected: "\(subject) contains a virus"
        }
    }

    /// The finding as a reason on a form.
    package func reason(field: String? = nil) -> Reason {
        Reason(code, message(), field: field)
    }

    /// `50MB`, as the pattern writes it.
    private static func inWords(bytes: Int) -> String {
        switch bytes {
        case (1 << 30)...: "\(bytes >> 30)GB"
        case (1 << 20)...: "\(bytes >> 20)MB"
        case 1024...: "\(bytes >> 10)KB"
        default: "\(bytes) bytes"
        }
    }

    /// `JPG, PDF, PNG or Word document`, each name once.
    private static func inWords(_ kinds: Set<FileKind>) -> String {
        let names = Set(kinds.map(\.name)).sorted()
        guard let last = names.last, names.count > 1 else { return names.first ?? "file of an accepted type" }
        return "\(names.dropLast().joined(separator: ", ")) or \(last)"
    }
}

/// What staff should know of a file that is taken all the same.
package enum IntakeNote: String, Hashable, Sendable, Codable, CaseIterable {
    /// The name ends as files of another kind do (`.pdf` on a picture).
    case nameSaysOtherwise = "name-says-otherwise"
    /// An Office document with program text in it.
    case macros
    /// A PDF that opens without a password but asks programs not to print or change it.
    case restricted

    /// The sentence for staff.
    package var text: String {
        switch self {
        case .nameSaysOtherwise: "The name does not fit the content."
        case .macros: "The document contains macros."
        case .restricted: "The PDF opens without a password but restricts printing or editing."
        }
    }
}
