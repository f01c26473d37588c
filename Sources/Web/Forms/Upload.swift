import NIOCore
import Rights

/// A form with files, read as it arrives: a file's bytes go where the page sends them and never gather in memory.
///
///     while let file = try await upload.next(most: 25_000_000) {
///         do { kept.append(try await casework.keep(file)) }
///         catch UploadProblem.tooLarge { upload.form.add("\(file.name) must be smaller than 25MB", to: "files") }
///     }
///
/// The fields before a file are in `form` when the file is given; those after it come later. Our own forms put their
/// fields before their files.
package final class Upload {
    /// The fields read so far.
    package var form: Form
    private var reader: MultipartReader
    private var fields: FormFields
    // Not held: the file holds this, and neither would ever be let go.
    private weak var current: IncomingFile?

    init(_ reader: MultipartReader, limits: FormFields.Limits) {
        self.reader = reader
        fields = FormFields(limits: limits)
        form = Form(fields)
    }

    /// The next file, after passing over what is left of the one before; nothing after the last. An input that was
    /// left empty is passed over.
    ///
    /// - Parameter most: the largest size of a file in bytes; reading on beyond it throws `UploadProblem.tooLarge`.
    package func next(most: Int) async throws -> IncomingFile? {
        current?.isOver = true
        while let head = try await reader.nextPart() {
            guard let filename = head.filename else {
                try await takeField(head.name)
                continue
            }
            // A browser sends an input without a file as one with neither name nor bytes.
            if filename.isEmpty { continue }
            let file = IncomingFile(
                self, field: head.name, name: FileName.cleaned(filename), declaredType: head.type, most: most)
            current = file
            return file
        }
        return nil
    }

    /// Reads the fields before the first file, where the token that proves the form's origin is.
    func readLeadingFields(until name: String) async throws {
        while fields.values[name] == nil, let head = try await reader.nextPart() {
            // A file before the token: nothing of it is read.
            guard head.filename == nil else { return }
            try await takeField(head.name)
        }
    }

    fileprivate func nextBytes() async throws -> ArraySlice<UInt8>? { try await reader.nextBytes() }

    private func takeField(_ name: String) async throws {
        var value: [UInt8] = []
        var isCut = false
        while let bytes = try await reader.nextBytes() {
            let room = fields.limits.value - value.count
            value += bytes.prefix(room)
            if bytes.count > room { isCut = true }
        }
        fields.add(name: name.utf8.prefix(200), value: value, isCut: isCut)
        form.take(fields)
        // The rest of the form comes with files and cannot be held; the page shows it again with what was kept.
        if isCut { form.add("Your answer is too long. Shorten it, or upload it as a document", to: name) }
    }
}

/// What is wrong with one file of an upload.
package enum UploadProblem: Error, Hashable, Sendable {
    /// It is larger than was allowed; the rest of it is not read.
    case tooLarge
}

/// One file as it comes in. Its name and type are what the sender says and no more.
package final class IncomingFile: AsyncSequence, AsyncIteratorProtocol {
    package typealias Element = ByteBuffer

    /// The field it was sent under.
    package let field: String
    /// The sender's name for it, without folders and controls: for showing, never for storing under.
    package let name: String
    /// The type the sender's machine says it has, in lower case.
    package let declaredType: String
    /// Bytes given on so far.
    package private(set) var size = 0
    private let upload: Upload
    private let most: Int
    fileprivate var isOver = false

    fileprivate init(_ upload: Upload, field: String, name: String, declaredType: String, most: Int) {
        self.upload = upload
        self.field = field
        self.name = name
        self.declaredType = declaredType
        self.most = most
    }

    /// The next bytes, or nothing at the file's end. Throws `UploadProblem.tooLarge` where there are more than
    /// allowed, and what the connection throws where it breaks.
    package func next() async throws -> ByteBuffer? {
        guard !isOver else { return nil }
        guard let bytes = try await upload.nextBytes() else {
            isOver = true
            return nil
        }
        size += bytes.count
        guard size <= most else {
            isOver = true
            throw UploadProblem.tooLarge
        }
        return ByteBuffer(bytes: bytes)
    }

    package func makeAsyncIterator() -> IncomingFile { self }
}

/// The names of files as people see them.
package enum FileName {
    /// The last part of whatever path the sender's machine gave, without control characters and controls that turn
    /// the direction of text, and no longer than a list can show; never empty.
    package static func cleaned(_ name: String) -> String {
        let last = clean(name.utf8).split { $0 == "/" || $0 == "\\" }.last ?? ""
        var kept = String.UnicodeScalarView()
        for scalar in last.unicodeScalars {
            switch scalar.value {
            case 0x0a, 0x09, 0x202a...0x202e, 0x2066...0x2069: break
            default: kept.append(scalar)
            }
        }
        let text = String(kept).trimmed()
        guard !text.isEmpty, text != ".", text != ".." else { return "file" }
        guard text.count > 120 else { return text }
        // The end tells what kind of file it is, so the middle goes.
        return "\(text.prefix(80))…\(text.suffix(30))"
    }
}
