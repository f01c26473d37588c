import Crypto
import Rights
import Synchronization

/// Makes, wraps and unwraps the keys of cases, and seals the heads of the chains of facts.
///
/// What is unwrapped is remembered, because a case is opened more often than it is unlocked. Whatever else comes to be
/// kept under a key of this class has to be made anew in `KeyRotation.swift` as well.
final class Keyring: Sendable {
    private struct Remembered {
        let wrapped: [UInt8]
        let key: DataKey
    }

    /// About a megabyte; when it is full it starts afresh, which costs an unwrapping a case.
    private static let capacity = 4096

    /// What the master key is called.
    let name: String
    private let wrapping: SymmetricKey
    private let sealing: SymmetricKey
    /// For digests of what could be guessed: addresses, codes.
    let accountDigests: SymmetricKey
    /// For the secrets of authenticator apps.
    let accountSecrets: SymmetricKey
    private let random: @Sendable (Int) -> [UInt8]
    private let remembered = Mutex<[DataKey.ID: Remembered]>([:])

    init(master: MasterKey, random: @escaping @Sendable (Int) -> [UInt8]) {
        name = master.name
        wrapping = master.derived(for: "wrapping")
        sealing = master.derived(for: "sealing")
        accountDigests = master.derived(for: "account digests")
        accountSecrets = master.derived(for: "account secrets")
        self.random = random
    }

    func bytes(_ count: Int) -> [UInt8] { random(count) }

    /// A new key, wrapped for the database.
    func make(_ id: DataKey.ID) throws -> [UInt8] {
        try wrap(random(32), of: id)
    }

    /// A key that was made elsewhere, wrapped for the database.
    func wrap(_ root: [UInt8], of id: DataKey.ID) throws -> [UInt8] {
        try seal(root, with: wrapping, context: Array(id.text.utf8))
    }

    /// The key that was wrapped.
    ///
    /// Throws `StoreError.masterKeyWrong` if it was wrapped under another master key.
    func unwrap(_ wrapped: [UInt8], of id: DataKey.ID) throws -> DataKey {
        if let known = remembered.withLock({ $0[id] }), known.wrapped == wrapped { return known.key }
        guard let root = try? open(wrapped, with: wrapping, context: Array(id.text.utf8)) else {
            throw StoreError.masterKeyWrong
        }
        let key = DataKey(id: id, root: SymmetricKey(data: root))
        remembered.withLock { remembered in
            if remembered.count >= Self.capacity { remembered.removeAll() }
            remembered[id] = Remembered(wrapped: wrapped, key: key)
        }
        return key
    }

    /// The same key, wrapped under another master key; nothing if it was not wrapped under this one.
    func rewrap(_ wrapped: [UInt8], of id: DataKey.ID, under other: Keyring) throws -> [UInt8]? {
        let context = Array(id.text.utf8)
        guard let root = try? open(wrapped, with: wrapping, context: context) else { return nil }
        return try seal(root, with: other.wrapping, context: context)
    }

    /// Seals bytes with a key; the same `context` is needed to open them.
    func seal(_ plain: [UInt8], with key: SymmetricKey, context: [UInt8]) throws -> [UInt8] {
        let nonce = try AES.GCM.Nonce(data: random(12))
        let box = try AES.GCM.seal(plain, using: key, nonce: nonce, authenticating: context)
        var sealed = Array(nonce)
        sealed.reserveCapacity(12 + plain.count + 16)
        sealed += box.ciphertext
        sealed += box.tag
        return sealed
    }

    /// Opens what `seal` made. Throws if a bit of it, the key or the context is another.
    func open(_ sealed: [UInt8], with key: SymmetricKey, context: [UInt8]) throws -> [UInt8] {
        try Self.open(sealed, with: key, context: context)
    }

    static func open(_ sealed: [UInt8], with key: SymmetricKey, context: [UInt8]) throws -> [UInt8] {
        try [UInt8](AES.GCM.open(AES.GCM.SealedBox(combined: sealed), using: key, authenticating: context))
    }

    /// A code over the end of a chain that nobody can make who has the database but not the master key.
    func code(over bytes: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: sealing))
    }

    /// What only this master key can have made, so that a database tells under which it was written.
    var masterKeyMark: [UInt8] { code(over: Self.mark) }

    func isMasterKeyMark(_ code: [UInt8]) -> Bool { isCode(code, over: Self.mark) }

    private static let mark = Array("master key".utf8)

    /// Whether `code` was made by `code(over:)`, compared in constant time.
    func isCode(_ code: [UInt8], over bytes: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: bytes, using: sealing)
    }
}
