import Crypto
import Foundation

/// A secret that is handed out once and recognised later: in a link, or in a cookie. Only its digest is kept, so
/// that who reads the database cannot use it.
package struct Token: Hashable, Sendable {
    /// 43 characters of base64url: 32 random bytes.
    package let text: String

    /// - Parameter random: 32 random bytes.
    package init(random: [UInt8]) {
        precondition(random.count == 32, "a token is 32 random bytes")
        text = Data(random).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    /// Takes a text from outside only in the right shape.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 43, text.utf8.allSatisfy(isBase64URL) else { return nil }
        self.text = String(text)
    }

    /// What is kept: the SHA-256 digest in hexadecimal. Plain hashing is enough for 256 random bits.
    package var digest: String {
        SHA256.hash(data: Array(text.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0\(digits)" : digits
        }.joined()
    }
}

private func isBase64URL(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 45, 95: true
    default: false
    }
}
