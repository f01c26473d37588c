import Crypto
import Rights

extension Transaction {
    /// A digest that only this trust's key can make, for what could be guessed from a plain one: an address, a
    /// code of six digits. The same text for another purpose has another digest.
    package func keyedDigest(_ text: String, for purpose: String) -> String {
        keyring.digest(text, for: purpose)
    }

    /// The keyed digest of an address, by which attempts and mails are counted. What people type into that field
    /// is sometimes their password, so it is never kept as typed.
    package func addressDigest(_ email: String) -> String {
        keyring.addressDigest(email)
    }

    /// An authenticator's secret as it is kept: sealed for its owner, so that it fits no other row.
    func sealSecret(_ secret: [UInt8], of owner: String) throws -> String {
        try requireMasterKey()
        return try sealSecret(secret, of: owner, under: keyring)
    }

    func sealSecret(_ secret: [UInt8], of owner: String, under keyring: Keyring) throws -> String {
        try keyring.seal(secret, with: keyring.accountSecrets, context: Array(owner.utf8)).hexadecimal
    }

    func openSecret(_ sealed: String, of owner: String) throws -> [UInt8] {
        guard let bytes = [UInt8](hexadecimal: sealed) else { throw StoreError.damaged("account secret") }
        return try keyring.open(bytes, with: keyring.accountSecrets, context: Array(owner.utf8))
    }
}

extension Keyring {
    fileprivate func digest(_ text: String, for purpose: String) -> String {
        let text = Array("\(purpose)\u{0}\(text)".utf8)
        return Array(HMAC<SHA256>.authenticationCode(for: text, using: accountDigests)).hexadecimal
    }

    func addressDigest(_ email: String) -> String {
        digest(emailKey(email), for: "address")
    }
}
