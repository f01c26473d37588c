import HTTPTypes
import Hummingbird
import NIOCore
import Rights
import Synchronization

/// Reads the body of a request and proves where it came from, before any page sees it.
enum FormReading {
    /// A form without files, in either of the two encodings that browsers use.
    static func form(of visit: Visit, limits: FormFields.Limits) async throws -> Form {
        guard FormToken.isFromHere(visit.request, site: visit.site) else { throw BodyRefused.foreign }
        let type = visit.request.headers[.contentType] ?? ""
        if MultipartReader.boundary(of: type) != nil {
            let upload = try reading(visit, most: limits.body, limits: limits)
            while try await upload.next(most: 0) != nil {}
            return try proved(upload.form, visit)
        }
        guard type.lowercased().hasPrefix("application/x-www-form-urlencoded") else { throw BodyRefused.unknownType }
        try announced(visit.request, most: limits.body)
        var fields = FormFields(limits: limits)
        var reader = URLEncoded(most: limits.value)
        var source = BodySource(visit, most: limits.body)
        while let buffer = try await source.next() {
            buffer.withUnsafeReadableBytes { reader.read($0, into: &fields) }
        }
        reader.finish(into: &fields)
        return try proved(Form(fields), visit)
    }

    /// A form with files, read up to the first of them.
    static func upload(of visit: Visit, most: Int) async throws -> Upload {
        guard FormToken.isFromHere(visit.request, site: visit.site) else { throw BodyRefused.foreign }
        let upload = try reading(visit, most: most, limits: FormFields.Limits())
        try await upload.readLeadingFields(until: FormToken.field)
        guard FormToken.isRight(upload.form.exact(FormToken.field), for: visit) else { throw BodyRefused.staleUpload }
        return upload
    }

    private static func reading(_ visit: Visit, most: Int, limits: FormFields.Limits) throws -> Upload {
        guard let boundary = MultipartReader.boundary(of: visit.request.headers[.contentType] ?? "") else {
            throw BodyRefused.unknownType
        }
        try announced(visit.request, most: most)
        var source = BodySource(visit, most: most)
        return Upload(MultipartReader(boundary: boundary) { try await source.next() }, limits: limits)
    }

    /// Refuses before the first byte what says itself that it is too much.
    private static func announced(_ request: Request, most: Int) throws {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > most {
            throw MultipartProblem.tooMuch
        }
    }

    private static func proved(_ form: Form, _ visit: Visit) throws -> Form {
        guard FormToken.isRight(form.exact(FormToken.field), for: visit) else {
            throw HeldForm(form.fields, because: .stale)
        }
        return form
    }
}

/// Why a body is not read on; each has a page of its own.
enum BodyRefused: Error, Hashable {
    /// The browser does not say that a page of this site sent it.
    case foreign
    /// The token with the files belongs to another session. The files were not read.
    case staleUpload
    /// It is no form.
    case unknownType
}

/// Whether a request's body was read to its end. Where it was not, the connection is closed after the answer.
final class BodyProgress: Sendable {
    private let state = Mutex(false)

    var isOver: Bool { state.withLock { $0 } }

    func end() { state.withLock { $0 = true } }
}

/// The bytes of a body, with an end to how many and how slowly.
private struct BodySource {
    private var iterator: RequestBody.AsyncIterator
    private let most: Int
    private var count = 0
    private let now: @Sendable () -> Moment
    private let start: Moment
    private let progress: BodyProgress

    init(_ visit: Visit, most: Int) {
        iterator = visit.request.body.makeAsyncIterator()
        self.most = most
        now = visit.site.surroundings.now
        start = visit.now
        progress = visit.body
    }

    mutating func next() async throws -> ByteBuffer? {
        guard let buffer = try await received() else {
            progress.end()
            return nil
        }
        count += buffer.readableBytes
        guard count <= most else { throw MultipartProblem.tooMuch }
        // A body that drips is never idle, so the idle time-out does not end it. A minute of grace, then 4 KB a
        // second on the average: less than the slowest mobile connection still in use.
        guard now() - start <= 60 + count / 4_096 else { throw MultipartProblem.tooSlow }
        return buffer
    }

    /// What breaks off is the sender's connection, and no fault of ours that the log should call an error.
    private mutating func received() async throws -> ByteBuffer? {
        do { return try await iterator.next() } catch { throw MultipartProblem.malformed }
    }
}
