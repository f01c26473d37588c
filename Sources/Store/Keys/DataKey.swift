import Crypto
import Rights

/// The key of one case, and of the draft that became it. Destroying it destroys the personal content of the case
/// and leaves the skeleton that the law lets a trust keep.
package struct DataKey: Sendable {
    package typealias ID = Identifier<DataKey>

    let id: ID
    /// Seals the bodies of facts.
    let facts: SymmetricKey
    /// Seals the names of files.
    let names: SymmetricKey
    /// Seals the answers of the draft that the case was made of.
    let drafts: SymmetricKey
    private let root: SymmetricKey

    /// The key itself, for an export.
    var exported: [UInt8] { root.withUnsafeBytes { Array($0) } }

    init(id: ID, root: SymmetricKey) {
        self.id = id
        self.root = root
        facts = HKDF<SHA256>.deriveKey(inputKeyMaterial: root, info: Array("facts".utf8), outputByteCount: 32)
        names = HKDF<SHA256>.deriveKey(inputKeyMaterial: root, info: Array("names".utf8), outputByteCount: 32)
        drafts = HKDF<SHA256>.deriveKey(inputKeyMaterial: root, info: Array("drafts".utf8), outputByteCount: 32)
    }

    /// The key of one stored file, from the salt in its header and its identifier.
    func file(salt: [UInt8], name: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: root, salt: salt, info: Array("file:\(name)".utf8), outputByteCount: 32)
    }
}
