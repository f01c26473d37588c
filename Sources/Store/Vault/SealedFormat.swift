import Crypto
import Foundation

/// How a file lies in the vault, in whatever place: a header, then records of authenticated encryption.
///
/// swift-crypto has no AES-GCM that takes its input bit by bit, so the file is cut into records, each sealed alone.
/// A record's nonce is its number, and what is authenticated with it is the header, the number and whether it is the
/// last: no record can be changed, cut off, put elsewhere or taken from another file without its reader noticing.
/// The key is the file's own, made of the case's key, the salt in the header and the file's identifier.
struct SealedFormat: Sendable {
    static let headerSize = 32
    static let tagSize = 16
    static let nonceSize = 12
    private static let magic = Array("rdvault1".utf8)
    private static let saltSize = 16

    /// Plain bytes of every record but the last.
    let recordSize: Int
    let header: [UInt8]
    private let key: SymmetricKey

    /// The format of a new file.
    init(recordSize: Int, salt: [UInt8], key: DataKey, name: String) {
        precondition(salt.count == Self.saltSize, "the salt has 16 bytes")
        self.recordSize = recordSize
        header =
            Self.magic + withUnsafeBytes(of: UInt32(recordSize).bigEndian, Array.init) + [0, 0, 0, 0] + salt
        self.key = key.file(salt: salt, name: name)
    }

    /// The format of a file that is there, from its header.
    init(header: [UInt8], key: DataKey, name: String) throws {
        guard header.count == Self.headerSize, header.starts(with: Self.magic) else { throw VaultError.altered }
        recordSize = header[8..<12].reduce(0) { $0 << 8 | Int($1) }
        guard (1...(16 << 20)).contains(recordSize) else { throw VaultError.altered }
        self.header = header
        self.key = key.file(salt: Array(header[16...]), name: name)
    }

    /// How many records hold so many plain bytes; an empty file has one.
    func records(in size: Int) -> Int { max(1, (size + recordSize - 1) / recordSize) }

    /// Bytes on the disk of a file with so many plain bytes.
    func sealedSize(of size: Int) -> Int { Self.headerSize + size + records(in: size) * Self.tagSize }

    /// Where a record begins on the disk.
    func offset(of record: Int) -> Int { Self.headerSize + record * (recordSize + Self.tagSize) }

    /// Ciphertext and tag of a record.
    func seal(_ plain: UnsafeRawBufferPointer, record: Int, isLast: Bool) throws -> Data {
        let box = try AES.GCM.seal(
            plain, using: key, nonce: AES.GCM.Nonce(data: Self.nonce(record)),
            authenticating: context(record, isLast: isLast))
        // One part of the box, which is nonce, ciphertext and tag in one: nothing is copied.
        return box.combined?.dropFirst(Self.nonceSize) ?? box.ciphertext + box.tag
    }

    /// The plain bytes of a record.
    ///
    /// - Parameter box: nonce, ciphertext and tag, as the cryptography library wants them in one piece.
    func open(_ box: [UInt8], record: Int, isLast: Bool) throws -> Data {
        do {
            return try AES.GCM.open(
                AES.GCM.SealedBox(combined: box), using: key, authenticating: context(record, isLast: isLast))
        } catch {
            throw VaultError.altered
        }
    }

    static func nonce(_ record: Int) -> [UInt8] {
        [0, 0, 0, 0] + withUnsafeBytes(of: UInt64(record).bigEndian, Array.init)
    }

    private func context(_ record: Int, isLast: Bool) -> [UInt8] {
        header + withUnsafeBytes(of: UInt64(record).bigEndian, Array.init) + [isLast ? 1 : 0]
    }
}
