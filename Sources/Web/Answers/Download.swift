import Casework
import HTTPTypes
import Hummingbird
import NIOCore
import Rights
import Store

/// A file for somebody to keep.
package struct Download: Sendable {
    /// The name it is saved under.
    package var name: String
    /// Its type, found from its content and not from its name.
    package var type: String
    /// Its size in bytes.
    package var size: Int
    /// A text that differs when the content does: the file's identifier or digest.
    package var version: String

    package init(name: String, type: String, size: Int, version: String) {
        self.name = name
        self.type = type
        self.size = size
        self.version = version
    }

    /// `Content-Disposition` after RFC 6266: a plain name for old programs, and the real one in UTF-8.
    var disposition: String {
        let name = FileName.cleaned(name)
        let plain = String(
            decoding: name.utf8.map { byte in
                (0x20...0x7e).contains(byte) && byte != 0x22 && byte != 0x5c && byte != 0x25 ? byte : 0x5f
            }, as: UTF8.self)
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(percentEncoded(name))"
    }
}

extension Visiting {
    /// Sends a file of the vault. Where its bytes turn out not to be those that were put in, the connection is broken off
    /// before the first of them, and the log names the file.
    package func download(_ opened: OpenedFile) -> Response {
        let file = opened.file
        let visit = visit
        return download(Download(name: file.name, type: file.contentType, size: file.size, version: file.sha256)) {
            opened.reader.stream($0)
        } failed: { error in
            guard let fault = error as? VaultError else { return }
            ProblemPage.log(DamagedFile(file: file.id, fault: fault), on: visit)
        }
    }

    /// Sends a file, or the part of it that was asked for, as it is read.
    ///
    /// A browser never shows it in place: it is always saved, whatever its type.
    ///
    /// - Parameters:
    ///   - bytes: gives the bytes of a range. If they end too early or reading fails, the connection is broken off, so
    ///     that nobody takes half a file for a whole one.
    ///   - failed: told why, where reading fails.
    package func download<Bytes: AsyncSequence & Sendable>(
        _ file: Download, _ bytes: @escaping @Sendable (Range<Int>) async throws -> Bytes,
        failed: @escaping @Sendable (any Error) -> Void = { _ in }
    ) -> Response where Bytes.Element == ByteBuffer {
        let request = visit.request
        let tag = "\"\(base64URL(file.version.utf8))\""
        var headers: HTTPFields = [.acceptRanges: "bytes", .eTag: tag]
        if let known = request.headers[.ifNoneMatch], known == "*" || known.contains(tag) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentDisposition] = file.disposition
        headers[.contentType] = file.type
        // A range of another version would be glued to the part of this one that the browser has.
        let isSameVersion = request.headers[.ifRange].map { $0 == tag } ?? true
        let isRead = [.get, .head].contains(request.method)
        switch ByteRange(isSameVersion && isRead ? request.headers[.range] : nil, size: file.size) {
        case .unsatisfiable:
            return Response(
                status: .rangeNotSatisfiable, headers: [.contentRange: "bytes */\(file.size)", .acceptRanges: "bytes"])
        case .whole:
            return Response(status: .ok, headers: headers, body: body(0..<file.size, bytes, failed))
        case .part(let range):
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)"
            return Response(status: .partialContent, headers: headers, body: body(range, bytes, failed))
        }
    }

    /// Sends a short file that is made on the spot: a list as CSV.
    package func download(_ name: String, type: String, _ content: [UInt8]) -> Response {
        let file = Download(name: name, type: type, size: content.count, version: "")
        return Response(
            status: .ok, headers: [.contentDisposition: file.disposition, .contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: content)))
    }

    private func body<Bytes: AsyncSequence & Sendable>(
        _ range: Range<Int>, _ bytes: @escaping @Sendable (Range<Int>) async throws -> Bytes,
        _ failed: @escaping @Sendable (any Error) -> Void
    ) -> ResponseBody where Bytes.Element == ByteBuffer {
        ResponseBody(contentLength: range.count) { writer in
            var left = range.count
            if left > 0 {
                do {
                    for try await buffer in try await bytes(range) {
                        left -= buffer.readableBytes
                        guard left >= 0 else { throw WrongLength() }
                        try await writer.write(buffer)
                    }
                } catch {
                    failed(error)
                    throw error
                }
            }
            guard left == 0 else { throw WrongLength() }
            try await writer.finish(nil)
        }
    }
}

/// A file gave more or fewer bytes than it has.
private struct WrongLength: Error {}
