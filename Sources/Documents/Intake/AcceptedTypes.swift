import Rights

extension IntakeLimits {
    /// What a policy accepts, as kinds that content can show.
    ///
    /// - Parameters:
    ///   - types: the policy's list for requesters or for staff.
    ///   - bytes: the policy's size of one file.
    package init(types: [FileType], bytes: Int) {
        self.init(accepted: Set(types.flatMap(\.kinds)), maximumBytes: bytes)
    }
}

extension FileType {
    /// The kinds a policy means by a type. A table of text is text, and a saved email may be told as one by its
    /// first lines.
    fileprivate var kinds: [FileKind] {
        switch self {
        case .pdf: [.pdf]
        case .jpg: [.jpeg]
        case .png: [.png]
        case .heic: [.heic]
        case .tiff: [.tiff]
        case .doc: [.doc]
        case .docx: [.docx]
        case .odt: [.odt]
        case .rtf: [.rtf]
        case .txt: [.text, .email]
        case .csv: [.text]
        case .xls: [.xls]
        case .xlsx: [.xlsx]
        case .eml: [.email]
        case .msg: [.outlook]
        case .dicom: [.dicom]
        case .mp3: [.mp3]
        case .mp4: [.mp4, .quicktime]
        case .zip: [.zip]
        }
    }
}
