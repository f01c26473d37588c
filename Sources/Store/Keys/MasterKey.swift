import Crypto
import Foundation

/// The trust's one secret, from which everything else that protects the data follows. Kept in `keys/master.key` of
/// the data folder, as 64 hexadecimal digits, and never in the database: a backup of one without the other is
/// worth nothing to a thief.
struct MasterKey: Sendable {
    private let secret: SymmetricKey

    private init(_ bytes: [UInt8]) {
        secret = SymmetricKey(data: bytes)
    }

    /// The key of a database: what its file holds, or a new one for a database that holds nothing which needs it.
    ///
    /// Throws `StoreError.masterKeyMissing` and `masterKeyUnusable`.
    init(of connection: any Connection, in path: String, random: (Int) -> [UInt8]) throws {
        if FileManager.default.fileExists(atPath: path) {
            try self.init(reading: path)
            return
        }
        var isInUse = false
        let traces = """
            SELECT 1 FROM master_key_mark UNION ALL SELECT 1 FROM data_key UNION ALL SELECT 1 FROM account LIMIT 1
            """
        try connection.query(traces, []) { _ in
            isInUse = true
            return false
        }
        guard !isInUse else { throw StoreError.masterKeyMissing(path: path) }
        try self.init(creating: path, random: random)
    }

    /// Reads the key file.
    ///
    /// Throws `StoreError.masterKeyUnusable` if it does not hold a key.
    init(reading path: String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let bytes = [UInt8](hexadecimal: text), bytes.count == 32 else { throw StoreError.masterKeyUnusable }
        self.init(bytes)
    }

    /// Makes a new key and its file, which only the owner can read.
    init(creating path: String, random: (Int) -> [UInt8]) throws {
        let bytes = random(32)
        let folder = (path as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try DurableFile.write(Array((bytes.hexadecimal + "\n").utf8), to: path)
        self.init(bytes)
    }

    /// What people call the key: eight digits that say nothing about it but which one it is.
    var name: String {
        let digits = HKDF<SHA256>.deriveKey(inputKeyMaterial: secret, info: Array("name".utf8), outputByteCount: 4)
        return digits.withUnsafeBytes { Array($0) }.hexadecimal
    }

    /// A key for one purpose, so that no key is used for two.
    func derived(for purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: secret, info: Array(purpose.utf8), outputByteCount: 32)
    }
}

extension [UInt8] {
    package var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The bytes of an even number of hexadecimal digits, or nothing.
    package init?(hexadecimal text: String) {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2), digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else {
            return nil
        }
        self = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
    }
}
