/// What a file is by its content. The ending of its name and the type a browser claims never decide.
///
/// The raw value is the code that policies list (`accepts: [pdf, jpeg]`).
package enum FileKind: String, CaseIterable, Hashable, Sendable, Codable {
    case pdf, jpeg, png, gif, tiff, heic, bmp, webp
    case docx, xlsx, pptx, odt, ods
    case doc, xls, ppt
    case rtf, text, html, email
    /// An Outlook message (`.msg`).
    case outlook
    case dicom, zip, mp4, quicktime, wav, mp3
    /// An Office document encrypted with a password, of which no more can be seen.
    case lockedOffice = "locked-office"
    /// Something that a computer would run.
    case program
    case unrecognised

    /// The media type to keep and to send.
    package var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .gif: "image/gif"
        case .tiff: "image/tiff"
        case .heic: "image/heic"
        case .bmp: "image/bmp"
        case .webp: "image/webp"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .ods: "application/vnd.oasis.opendocument.spreadsheet"
        case .doc: "application/msword"
        case .xls: "application/vnd.ms-excel"
        case .ppt: "application/vnd.ms-powerpoint"
        case .rtf: "application/rtf"
        case .text: "text/plain"
        case .html: "text/html"
        case .email: "message/rfc822"
        case .outlook: "application/vnd.ms-outlook"
        case .dicom: "application/dicom"
        case .zip: "application/zip"
        case .mp4: "video/mp4"
        case .quicktime: "video/quicktime"
        case .wav: "audio/wav"
        case .mp3: "audio/mpeg"
        case .lockedOffice, .program, .unrecognised: "application/octet-stream"
        }
    }

    /// What people call it, as it stands in "The selected file must be a …".
    package var name: String {
        switch self {
        case .pdf: "PDF"
        case .jpeg: "JPG"
        case .png: "PNG"
        case .gif: "GIF"
        case .tiff: "TIFF"
        case .heic: "HEIC photo"
        case .bmp: "BMP"
        case .webp: "WebP"
        case .docx, .doc: "Word document"
        case .xlsx, .xls: "Excel spreadsheet"
        case .pptx, .ppt: "PowerPoint presentation"
        case .odt: "OpenDocument text"
        case .ods: "OpenDocument spreadsheet"
        case .rtf: "rich text document"
        case .text: "plain text file"
        case .html: "web page"
        case .email: "saved email"
        case .outlook: "saved Outlook message"
        case .dicom: "DICOM image"
        case .zip: "ZIP"
        case .mp4: "MP4"
        case .quicktime: "QuickTime video"
        case .wav: "WAV"
        case .mp3: "MP3"
        case .lockedOffice: "Office document"
        case .program: "program"
        case .unrecognised: "file of an unknown type"
        }
    }

    /// The endings such files usually have, without the dot, in small letters.
    package var endings: [String] {
        switch self {
        case .pdf: ["pdf"]
        case .jpeg: ["jpg", "jpeg", "jpe", "jfif"]
        case .png: ["png"]
        case .gif: ["gif"]
        case .tiff: ["tif", "tiff"]
        case .heic: ["heic", "heif"]
        case .bmp: ["bmp"]
        case .webp: ["webp"]
        case .docx: ["docx", "docm", "dotx"]
        case .xlsx: ["xlsx", "xlsm", "xltx"]
        case .pptx: ["pptx", "pptm", "ppsx"]
        case .odt: ["odt"]
        case .ods: ["ods"]
        case .doc: ["doc", "dot"]
        case .xls: ["xls"]
        case .ppt: ["ppt", "pps"]
        case .rtf: ["rtf", "doc"]
        case .text: ["txt", "csv", "text", "log", "md"]
        case .html: ["html", "htm"]
        case .email: ["eml"]
        case .outlook: ["msg"]
        case .dicom: ["dcm", "dicom"]
        case .zip: ["zip"]
        case .mp4: ["mp4", "m4v", "m4a"]
        case .quicktime: ["mov", "qt"]
        case .wav: ["wav"]
        case .mp3: ["mp3"]
        case .lockedOffice: ["docx", "xlsx", "pptx"]
        case .program: ["exe", "dll", "sh", "com", "scr"]
        case .unrecognised: []
        }
    }
}
