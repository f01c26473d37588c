import Crypto
import Foundation
import Store

/// The folder that an export is written into, with the sum of every file of it. Only its owner can read it.
struct ExportFolder: Sendable {
    let path: String
    /// SHA-256 in hexadecimal, by the name within the folder.
    private(set) var sums: [String: String] = [:]

    init(making path: String) throws {
        self.path = path
        for folder in ExportName.folders {
            try FileManager.default.createDirectory(
                atPath: "\(path)/\(folder)", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
    }

    mutating func write(_ bytes: Data, to name: String) throws {
        let file = try WrittenFile(path: "\(path)/\(name)")
        defer { file.close() }
        try file.add(bytes)
        sums[name] = file.sha256
    }

    /// Writes JSON Lines: a value a line.
    mutating func writeLines(
        to name: String, _ body: (_ line: (any Encodable) throws -> Void) throws -> Void
    ) throws {
        let encoder = JSONEncoder.exporting
        let file = try WrittenFile(path: "\(path)/\(name)")
        defer { file.close() }
        try body { try file.add(try encoder.encode($0) + [0x0a]) }
        sums[name] = file.sha256
    }

    mutating func write<Parts: AsyncSequence>(_ parts: Parts, to name: String) async throws
    where Parts.Element: Sequence<UInt8> {
        let file = try WrittenFile(path: "\(path)/\(name)")
        defer { file.close() }
        for try await part in parts { try file.add(Data(part)) }
        sums[name] = file.sha256
    }

    /// Takes away what was begun and is not what it should be.
    mutating func remove(_ name: String) throws {
        sums[name] = nil
        guard FileManager.default.fileExists(atPath: "\(path)/\(name)") else { return }
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }

    /// Writes the list of sums, as `sha256sum --check` reads it, and returns the sum of the list.
    func writeSums() throws -> String {
        let list = sums.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }.joined()
        let file = try WrittenFile(path: "\(path)/\(ExportName.sums)")
        defer { file.close() }
        try file.add(Data(list.utf8))
        return file.sha256
    }

    func write(_ manifest: ExportManifest) throws {
        let encoder = JSONEncoder.exporting
        encoder.outputFormatting.insert(.prettyPrinted)
        let file = try WrittenFile(path: "\(path)/\(ExportName.manifest)")
        defer { file.close() }
        try file.add(try encoder.encode(manifest) + [0x0a])
    }
}

/// A file that is being written, and the sum of what was.
private final class WrittenFile {
    private let handle: FileHandle
    private var hash = SHA256()

    /// Makes the file anew: a unit of work that is run again writes it again.
    init(path: String) throws {
        try? FileManager.default.removeItem(atPath: path)
        guard
            FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path]) }
        self.handle = handle
    }

    func add(_ bytes: Data) throws {
        try handle.write(contentsOf: bytes)
        hash.update(data: bytes)
    }

    func close() { try? handle.close() }

    var sha256: String { Array(hash.finalize()).hexadecimal }
}
