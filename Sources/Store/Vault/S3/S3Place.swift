import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Rights

/// A bucket of a store that speaks S3: Amazon's, MinIO, Ceph and others. An object is there whole or not at all, which
/// is what the store promises. What is set aside is copied under another name, with the time in it.
struct S3Place: FilePlace {
    private let connection: S3Connection
    private let bucket: S3Bucket
    private let threads: NIOThreadPool
    /// Sealed bytes that are sent at a time. The store takes no parts but the last below 5 MiB, and no more than 10,000.
    private let partSize: Int

    private static let files = "files/"
    private static let aside = "set-aside/"

    init(_ bucket: S3Bucket, threads: NIOThreadPool, surroundings: Surroundings, partSize: Int = 8 << 20) {
        connection = S3Connection(bucket, surroundings: surroundings)
        self.bucket = bucket
        self.threads = threads
        self.partSize = partSize
    }

    func begin(_ id: StoredFile.ID) async throws -> any UnfinishedFile {
        FileInParts(object: Self.name(id), connection: connection, partSize: partSize)
    }

    func open(_ id: StoredFile.ID) async throws -> any FileAtRest {
        let object = Self.name(id)
        let answer = try await connection.ask(.HEAD, object, expecting: [200, 404])
        guard answer.status == 200 else { throw VaultError.missing }
        guard let size = answer.headers.first(name: "content-length").flatMap(Int.init) else {
            throw VaultError.altered
        }
        return DistantFile(size: size, threads: threads) { [connection] range in
            let bytes = try await connection.ask(
                .GET, object, headers: [("range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)")],
                expecting: [206, 404, 416])
            guard bytes.status == 206 else { throw VaultError.altered }
            return bytes.body
        }
    }

    func remove(_ id: StoredFile.ID) async throws -> Bool {
        let object = Self.name(id)
        // The store answers the same whether the object was there or not.
        guard try await connection.ask(.HEAD, object, expecting: [200, 404]).status == 200 else { return false }
        _ = try await connection.ask(.DELETE, object, expecting: [200, 204, 404])
        return true
    }

    func removeUnfinished(before moment: Moment) async throws -> Int {
        let answer = try await connection.ask(
            .GET, query: [("uploads", ""), ("prefix", bucket.prefix + Self.files)], expecting: [200])
        var count = 0
        for upload in S3Document(answer.text).all("Upload").map({ S3Document($0) }) {
            guard let key = upload.first("Key"), key.hasPrefix(bucket.prefix), let number = upload.first("UploadId"),
                let begun = upload.first("Initiated").flatMap({ Moment($0) }), begun < moment
            else { continue }
            _ = try await connection.ask(
                .DELETE, String(key.dropFirst(bucket.prefix.count)), query: [("uploadId", number)],
                expecting: [200, 204, 404])
            count += 1
        }
        return count
    }

    func files(before moment: Moment, after cursor: String?) async throws -> FileBatch {
        let page = try await list(Self.files, after: cursor)
        let files = page.objects.compactMap { object -> StoredFile.ID? in
            guard let written = object.written, written < moment else { return nil }
            return StoredFile.ID(object.name.dropFirst(Self.files.count))
        }
        return FileBatch(files: files, next: page.next)
    }

    func aside(before moment: Moment) async throws -> [StoredFile.ID] {
        try await setAside(behind: "").filter { $0.since < moment }.map(\.file)
    }

    func setAside(_ id: StoredFile.ID, at moment: Moment) async throws {
        try await move(Self.name(id), to: "\(Self.aside)\(id.text)/\(moment.milliseconds)")
    }

    func bringBack(_ id: StoredFile.ID) async throws {
        for one in try await setAside(behind: id.text) { try await move(one.object, to: Self.name(id)) }
    }

    func removeAside(_ id: StoredFile.ID) async throws {
        for one in try await setAside(behind: id.text) {
            _ = try await connection.ask(.DELETE, one.object, expecting: [200, 204, 404])
        }
    }

    private static func name(_ id: StoredFile.ID) -> String { files + id.text }

    /// Copies within the store, which takes up to 5 GB at once: more than any policy takes in.
    private func move(_ from: String, to: String) async throws {
        let source = S3Signature.encoded("/\(bucket.bucket)/\(bucket.prefix)\(from)", besides: "/")
        do {
            _ = try await connection.ask(
                .PUT, to, headers: [("x-amz-copy-source", source)], expecting: [200], being: "CopyObjectResult",
                patience: .minutes(30))
        } catch let failure as S3Failure where failure.status == 404 {
            // Another node was first.
            return
        }
        _ = try await connection.ask(.DELETE, from, expecting: [200, 204, 404])
    }

    private func setAside(behind start: String) async throws -> [(file: StoredFile.ID, since: Moment, object: String)] {
        var (found, cursor): ([(file: StoredFile.ID, since: Moment, object: String)], String?) = ([], nil)
        repeat {
            let page = try await list(Self.aside + start, after: cursor)
            found += page.objects.compactMap { object in
                let parts = object.name.dropFirst(Self.aside.count).split(separator: "/")
                guard parts.count == 2, let file = StoredFile.ID(parts[0]), let since = Int64(parts[1]) else {
                    return nil
                }
                return (file, Moment(milliseconds: since), object.name)
            }
            cursor = page.next
        } while cursor != nil
        return found
    }

    /// A page of the objects whose name begins so.
    private func list(
        _ start: String, after cursor: String?
    ) async throws -> (objects: [(name: String, written: Moment?)], next: String?) {
        var query = [("list-type", "2"), ("prefix", bucket.prefix + start)]
        if let cursor { query.append(("continuation-token", cursor)) }
        let document = S3Document(
            try await connection.ask(.GET, query: query, expecting: [200], being: "ListBucketResult").text)
        let objects = document.all("Contents").map { S3Document($0) }.compactMap { object in
            object.first("Key").map { key in
                (String(key.dropFirst(bucket.prefix.count)), object.first("LastModified").flatMap { Moment($0) })
            }
        }
        return (objects, document.first("IsTruncated") == "true" ? document.first("NextContinuationToken") : nil)
    }
}

/// A file on its way into the bucket: one request where it is short, an upload in parts where it is long.
private struct FileInParts: UnfinishedFile {
    let object: String
    let connection: S3Connection
    let partSize: Int
    private var waiting: [UInt8] = []
    private var upload: String?
    private var marks: [String] = []

    init(object: String, connection: S3Connection, partSize: Int) {
        self.object = object
        self.connection = connection
        self.partSize = partSize
    }

    mutating func append(_ bytes: Data) async throws {
        waiting += bytes
        while waiting.count > partSize {
            try await send(Array(waiting[..<partSize]))
            waiting.removeFirst(partSize)
        }
    }

    mutating func finish() async throws {
        guard let upload else {
            _ = try await connection.ask(.PUT, object, body: waiting, expecting: [200])
            return
        }
        try await send(waiting)
        let parts = marks.enumerated().map {
            "<Part><PartNumber>\($0.offset + 1)</PartNumber><ETag>\($0.element)</ETag></Part>"
        }
        _ = try await connection.ask(
            .POST, object, query: [("uploadId", upload)],
            body: Array("<CompleteMultipartUpload>\(parts.joined())</CompleteMultipartUpload>".utf8), expecting: [200],
            being: "CompleteMultipartUploadResult")
    }

    func abandon() async {
        // What cannot be taken away now is unfinished, or known to no row, and swept in time.
        if let upload {
            _ = try? await connection.ask(
                .DELETE, object, query: [("uploadId", upload)], expecting: [200, 204, 404])
        }
        _ = try? await connection.ask(.DELETE, object, expecting: [200, 204, 404])
    }

    private mutating func send(_ part: [UInt8]) async throws {
        let number: String
        if let upload {
            number = upload
        } else {
            let begun = try await connection.ask(.POST, object, query: [("uploads", "")], expecting: [200])
            guard let given = S3Document(begun.text).first("UploadId") else {
                throw S3Failure(status: begun.status, code: "no UploadId")
            }
            upload = given
            number = given
        }
        let answer = try await connection.ask(
            .PUT, object, query: [("partNumber", "\(marks.count + 1)"), ("uploadId", number)], body: part,
            expecting: [200])
        guard let mark = answer.headers.first(name: "etag") else {
            throw S3Failure(status: answer.status, code: "no ETag")
        }
        marks.append(mark)
    }
}
