import Crypto
import Foundation
import Rights

/// The six digits of an authenticator app (RFC 6238 with HMAC-SHA-1 and steps of 30 seconds, the only combination
/// that every app understands).
package struct TimeCodes: Hashable, Sendable {
    /// 20 bytes, the length RFC 4226 asks for.
    package let secret: [UInt8]

    package init(secret: [UInt8]) {
        self.secret = secret
    }

    /// How many steps before and after now are accepted, for clocks that differ.
    private static let slack: Int64 = 1
    /// How many steps ahead a code may have been accepted by a clock of ours that is not wrong.
    private static let farthest = slack + Int64(Moment.slack) / 30

    /// The step an instant lies in.
    static func step(at moment: Moment) -> Int64 { moment.milliseconds / 30_000 }

    /// The code of one step.
    func code(step: Int64) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }
        let mac = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[19] & 0x0f)
        let number =
            UInt32(mac[offset] & 0x7f) << 24 | UInt32(mac[offset + 1]) << 16 | UInt32(mac[offset + 2]) << 8
            | UInt32(mac[offset + 3])
        let digits = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }

    /// The step whose code this is, if it is a code of now that was not used before; keep it as `lastUsed`.
    ///
    /// - Parameter lastUsed: the step of the last code accepted. That step and all before it are spent (RFC 6238, 5.2),
    ///   unless it lies in the future: then the clock was wrong, and nothing is spent by it.
    package func accept(_ given: SecurityCode, at moment: Moment, lastUsed: Int64?) -> Int64? {
        let now = Self.step(at: moment)
        let spent = lastUsed.flatMap { $0 > now + Self.farthest ? nil : $0 } ?? -1
        var found: Int64?
        for step in (now - Self.slack)...(now + Self.slack) where step > spent {
            if sameBytes(Array(code(step: step).utf8), Array(given.digits.utf8)) { found = step }
        }
        return found
    }

    /// The secret for typing into an app: base 32 in groups of four.
    package var secretInWords: String {
        let text = base32(secret)
        return stride(from: 0, to: text.count, by: 4)
            .map { String(text.dropFirst($0).prefix(4)) }.joined(separator: " ")
    }

    /// The `otpauth:` address that apps read from a link or a square code.
    package func address(issuer: String, account: String) -> String {
        let allowed = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
        let issuer = issuer.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
        let account = account.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
        return "otpauth://totp/\(issuer):\(account)?secret=\(base32(secret))&issuer=\(issuer)"
    }
}

/// RFC 4648 base 32 without padding; Foundation has none.
private func base32(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var text = ""
    var held = 0
    var bits = 0
    for byte in bytes {
        held = (held << 8) | Int(byte)
        bits += 8
        while bits >= 5 {
            bits -= 5
            text.append(alphabet[(held >> bits) & 31])
        }
        held &= 0xff
    }
    if bits > 0 { text.append(alphabet[(held << (5 - bits)) & 31]) }
    return text
}
