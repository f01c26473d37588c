import Crypto
import Foundation
import NIOCore
import Store

/// An export that somebody hands in. It is read with distrust: only files that the list of sums names are opened, only
/// plain ones, never through a link, never by a name that an export cannot hold, and never more than a limit at once.
struct ImportFolder: Sendable {
    private static let longestDocument = 256 << 20
    private static let longestLine = 16 << 20

    let path: String
    let manifest: ExportManifest
    /// By name, in hexadecimal.
    let sums: [String: String]

    /// Reads what the export says of itself.
    ///
    /// - Throws: `ImportFault`.
    init(opening path: String) throws {
        self.path = path
        let bytes = try Self.whole(ExportName.manifest, in: path)
        // The version first, because another version may have another form.
        let head = try Self.decode(Head.self, from: bytes, ExportName.manifest)
        guard head.format == ExportManifest.format else {
            throw ImportFault(ExportName.manifest, "this is not an export of rightsdesk")
        }
        guard head.version == ExportManifest.version else {
            throw ImportFault(
                ExportName.manifest,
                "the export is of version \(head.version), and this program reads version \(ExportManifest.version)")
        }
        manifest = try Self.decode(ExportManifest.self, from: bytes, ExportName.manifest)
        var sums: [String: String] = [:]
        let sum = try Self.lines(of: ExportName.sums, in: path) { line in
            let parts = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[1].isEmpty, parts[0].utf8.count == 64 else {
                throw ImportFault(ExportName.sums, "a line is not a sum and a name")
            }
            let name = String(parts[2])
            guard ExportName.isKnown(name) else {
                throw ImportFault(
                    ExportName.sums, "an export has no file of the name \(name.prefix(200).debugDescription)")
            }
            guard sums.updateValue(String(parts[0]), forKey: name) == nil else {
                throw ImportFault(ExportName.sums, "\(name) stands there twice")
            }
        }
        guard sum == manifest.sums else { throw ImportFault(ExportName.sums, "it was changed after the export") }
        self.sums = sums
        try requireNothingElse()
    }

    private struct Head: Codable {
        let format: String
        let version: Int
    }

    /// The names that begin so, in their order.
    func names(in folder: String) -> [String] { sums.keys.filter { $0.hasPrefix(folder + "/") }.sorted() }

    /// Compares every file with its sum.
    func check(progress: (Int) -> Void) throws {
        for (index, name) in sums.keys.sorted().enumerated() {
            var hash = SHA256()
            try PlainFile(name, in: path).read { hash.update(bufferPointer: $0) }
            guard Self.text(hash) == sums[name] else { throw Self.changed(name) }
            progress(index + 1)
        }
    }

    /// A whole document.
    func read<Document: Decodable>(_ type: Document.Type, from name: String) throws -> Document {
        let bytes = try Self.whole(name, in: path)
        var hash = SHA256()
        hash.update(data: bytes)
        guard Self.text(hash) == sums[name] else { throw Self.changed(name) }
        return try Self.decode(type, from: bytes, name)
    }

    /// The values of a file of one a line.
    func eachLine<Line: Decodable>(
        _ type: Line.Type, of name: String, _ visit: (Line) throws -> Void
    ) throws {
        guard sums[name] != nil else { return }
        let sum = try Self.lines(of: name, in: path) { try visit(try Self.decode(type, from: $0, name)) }
        guard sum == sums[name] else { throw Self.changed(name) }
    }

    /// The bytes of an original file, part by part.
    func bytes(of name: String) throws -> FileParts { FileParts(file: try PlainFile(name, in: path)) }

    /// Plain bytes of a file.
    func size(of name: String) throws -> Int { try PlainFile(name, in: path).size }

    private func requireNothingElse() throws {
        let own = [ExportName.manifest, ExportName.sums]
        for entry in try FileManager.default.contentsOfDirectory(atPath: path) where !own.contains(entry) {
            guard ExportName.folders.contains(entry), Self.kind(of: "\(path)/\(entry)") == S_IFDIR else {
                throw ImportFault(entry, "no export has this in it")
            }
            for file in try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(entry)") {
                guard sums["\(entry)/\(file)"] != nil else {
                    throw ImportFault("\(entry)/\(file)", "the list of sums does not name it")
                }
            }
        }
        for name in sums.keys.sorted() where Self.kind(of: "\(path)/\(name)") != S_IFREG {
            throw ImportFault(name, "it is not there, or is not a plain file")
        }
    }

    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    private static func whole(_ name: String, in path: String) throws -> Data {
        let file = try PlainFile(name, in: path)
        guard file.size <= longestDocument else { throw ImportFault(name, "it is longer than any export's") }
        var bytes = Data(capacity: file.size)
        try file.read { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// Hands over each line, and returns the sum of the file.
    private static func lines(of name: String, in path: String, _ visit: (Data) throws -> Void) throws -> String {
        var rest = Data()
        var hash = SHA256()
        try PlainFile(name, in: path).read { part in
            hash.update(bufferPointer: part)
            var start = part.startIndex
            while let end = part[start...].firstIndex(of: 0x0a) {
                rest.append(contentsOf: part[start..<end])
                try visit(rest)
                rest.removeAll(keepingCapacity: true)
                start = end + 1
            }
            rest.append(contentsOf: part[start...])
            guard rest.count <= longestLine else { throw ImportFault(name, "it has a line longer than any export's") }
        }
        guard rest.isEmpty else { throw ImportFault(name, "it was cut off in the middle of a line") }
        return text(hash)
    }

    private static func decode<Value: Decodable>(_ type: Value.Type, from bytes: Data, _ name: String) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: bytes)
        } catch {
            // What the decoder says quotes what it read.
            throw ImportFault(name, "it is cut off, or is not in the form of an export")
        }
    }

    private static func changed(_ name: String) -> ImportFault {
        ImportFault(name, "it is not what was exported: its SHA-256 differs")
    }

    private static func text(_ hash: SHA256) -> String { Array(hash.finalize()).hexadecimal }
}

/// A plain file of an export, open for reading.
final class PlainFile: Sendable {
    let size: Int
    private let descriptor: Int32
    private let name: String

    init(_ name: String, in path: String) throws {
        self.name = name
        // A link is not followed, and a pipe is not waited for.
        descriptor = open("\(path)/\(name)", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw ImportFault(name, "it is not there, or is not a plain file") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ImportFault(name, "it is not a plain file")
        }
        size = Int(status.st_size)
    }

    deinit {
        close(descriptor)
    }

    func read(_ visit: (UnsafeRawBufferPointer) throws -> Void) throws {
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        while true {
            let count = try next(into: &buffer)
            guard count > 0 else { return }
            try buffer.withUnsafeBytes { try visit(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }

    func next(into buffer: inout [UInt8]) throws -> Int {
        while true {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw ImportFault(name, "it cannot be read: system error \(errno)") }
            return count
        }
    }
}

/// The bytes of a file, part by part.
struct FileParts: AsyncSequence, AsyncIteratorProtocol, Sendable {
    typealias Element = ByteBuffer

    let file: PlainFile
    private var buffer = [UInt8](repeating: 0, count: 256 * 1024)

    init(file: PlainFile) {
        self.file = file
    }

    mutating func next() async throws -> ByteBuffer? {
        let count = try file.next(into: &buffer)
        return count > 0 ? ByteBuffer(bytes: buffer[..<count]) : nil
    }

    func makeAsyncIterator() -> FileParts { self }
}
