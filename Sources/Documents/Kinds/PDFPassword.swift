import Crypto
import CryptoExtras

/// Whether an encrypted PDF opens for everybody. Banks and councils encrypt their statements with an empty user
/// password, only to ask readers not to change them; such a file is no obstacle, and calling it password protected
/// would be untrue. Algorithms 2, 4, 5, 6 and 2.B of ISO 32000-2, 7.6.4; written by hand because nothing at intake may
/// start a PDF program.
struct PDFPassword {
    private let revision: Int
    private let owner: [UInt8]
    private let user: [UInt8]
    private let permissions: UInt32
    private let keyLength: Int
    private let encryptsMetadata: Bool
    private let identifier: [UInt8]

    /// - Parameters:
    ///   - encryption: the encryption dictionary.
    ///   - identifier: the first part of the trailer's `ID`; empty where there is none.
    init?(_ encryption: PDFValue, identifier: [UInt8]) {
        guard encryption["Filter"]?.name == "Standard", let revision = encryption["R"]?.integer,
            let owner = encryption["O"]?.string, let user = encryption["U"]?.string,
            let permissions = encryption["P"]?.integer
        else { return nil }
        self.revision = revision
        self.owner = owner
        self.user = user
        self.permissions = UInt32(truncatingIfNeeded: permissions)
        self.identifier = identifier
        encryptsMetadata = encryption["EncryptMetadata"] != .flag(false)
        let bits = encryption["Length"]?.integer ?? 40
        keyLength = revision == 2 ? 5 : revision == 4 ? 16 : min(max(bits / 8, 5), 16)
    }

    /// Whether the empty password opens the file; false as well for revisions that are not known.
    var opensWithoutOne: Bool {
        switch revision {
        case 2: user.count >= 32 && RC4.apply(legacyKey, to: PDFPassword.padding) == Array(user.prefix(32))
        case 3, 4: user.count >= 16 && legacyCheck == Array(user.prefix(16))
        case 5: user.count >= 48 && Array(SHA256.hash(data: user[32..<40])) == Array(user.prefix(32))
        case 6: user.count >= 48 && hardened(salt: user[32..<40]) == Array(user.prefix(32))
        default: false
        }
    }

    /// What stands for a missing password.
    private static let padding: [UInt8] = [
        0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08,
        0x2e, 0x2e, 0x00, 0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
    ]

    private var legacyKey: [UInt8] {
        var input = PDFPassword.padding + owner.prefix(32)
        input += (0..<4).map { UInt8(truncatingIfNeeded: permissions >> ($0 * 8)) }
        input += identifier
        if revision == 4, !encryptsMetadata { input += [0xff, 0xff, 0xff, 0xff] }
        var key = Array(Insecure.MD5.hash(data: input))
        if revision > 2 {
            for _ in 0..<50 { key = Array(Insecure.MD5.hash(data: key.prefix(keyLength))) }
        }
        return Array(key.prefix(keyLength))
    }

    private var legacyCheck: [UInt8] {
        let key = legacyKey
        return (0..<20).reduce(Array(Insecure.MD5.hash(data: PDFPassword.padding + identifier))) { check, round in
            RC4.apply(key.map { $0 ^ UInt8(round) }, to: check)
        }
    }

    private func hardened(salt: ArraySlice<UInt8>) -> [UInt8]? {
        var key = Array(SHA256.hash(data: salt))
        var round = 0
        var last: UInt8 = 0
        while round < 64 || Int(last) > round - 32 {
            let input = Array(repeatElement(key, count: 64).joined())
            guard let iv = try? AES._CBC.IV(ivBytes: key[16..<32]),
                let sealed = try? AES._CBC.encrypt(
                    input, using: SymmetricKey(data: key[..<16]), iv: iv, noPadding: true),
                let end = sealed.last
            else { return nil }
            // 256 leaves 1 when divided by 3, so the remainder of the number is that of the sum of its bytes.
            switch sealed.prefix(16).reduce(0, { $0 + Int($1) }) % 3 {
            case 0: key = Array(SHA256.hash(data: sealed))
            case 1: key = Array(SHA384.hash(data: sealed))
            default: key = Array(SHA512.hash(data: sealed))
            }
            last = end
            round += 1
        }
        return Array(key.prefix(32))
    }
}

/// The stream cipher of old PDFs, which no cryptography library offers any more; here only to test a password.
private enum RC4 {
    static func apply(_ key: [UInt8], to text: [UInt8]) -> [UInt8] {
        var state = Array(UInt8.min...UInt8.max)
        var other: UInt8 = 0
        for index in 0..<256 {
            other = other &+ state[index] &+ key[index % key.count]
            state.swapAt(index, Int(other))
        }
        var one: UInt8 = 0
        other = 0
        return text.map { byte in
            one = one &+ 1
            other = other &+ state[Int(one)]
            state.swapAt(Int(one), Int(other))
            return byte ^ state[Int(state[Int(one)] &+ state[Int(other)])]
        }
    }
}
