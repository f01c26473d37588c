import Crypto
import Rights

/// The end of a case's chain: how many facts it has, and the hash over the last. The code over both needs the
/// master key, so that cutting facts off the end and writing a matching head is found as well.
struct Head {
    let sequence: Int
    let hash: [UInt8]
    let code: [UInt8]
    let keyID: DataKey.ID
    /// Nothing once the key was destroyed.
    let wrapped: [UInt8]?

    func key(_ keyring: Keyring) throws -> DataKey {
        guard let wrapped else { throw StoreError.keyDestroyed }
        return try keyring.unwrap(wrapped, of: keyID)
    }

    static func sealed(_ id: Case.ID, _ sequence: Int, _ hash: [UInt8]) -> [UInt8] {
        var bytes = Array("head".utf8)
        bytes.appendFramed(id.text.utf8)
        bytes.appendFramed(String(sequence).utf8)
        bytes.appendFramed(hash)
        return bytes
    }
}

/// The end of the store's chain of openings.
struct Ledger {
    let openings: Int
    let hash: [UInt8]
    let code: [UInt8]

    static func sealed(_ openings: Int, _ hash: [UInt8]) -> [UInt8] {
        var bytes = Array("ledger".utf8)
        bytes.appendFramed(String(openings).utf8)
        bytes.appendFramed(hash)
        return bytes
    }
}

/// A link of the store's chain: the opening of one case. The case's own chain hangs on it.
struct Opening {
    let number: Int
    let id: String
    let openedAt: String

    /// What the first link follows.
    static let beginning = [UInt8](repeating: 0, count: 32)

    func link(after previous: [UInt8]) -> [UInt8] {
        var bytes = previous
        for field in [String(number), id, openedAt] {
            bytes.appendFramed(field.utf8)
        }
        return Array(SHA256.hash(data: bytes))
    }
}
