import Foundation
import Rights
import SwiftASN1
import X509

/// What is wrong with a file of certificates or keys.
package struct CertificateFault: Error, Hashable, Sendable {
    package let path: String
    /// The rest of a sentence that begins with the path.
    package let words: String
}

/// A file of certificates in PEM: for saying in plain words what is not well with it.
package struct CertificateFile: Sendable {
    private let path: String
    private let certificates: [Certificate]

    package init(_ path: String) throws(CertificateFault) {
        let text = try Self.text(path)
        do {
            certificates = try PEMDocument.parseMultiple(pemString: text).map { try Certificate(pemDocument: $0) }
        } catch {
            throw CertificateFault(path: path, words: "cannot be read as certificates in PEM form")
        }
        guard !certificates.isEmpty else { throw CertificateFault(path: path, words: "holds no certificate") }
        self.path = path
    }

    private static func text(_ path: String) throws(CertificateFault) -> String {
        do {
            return try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw CertificateFault(path: path, words: "cannot be read")
        }
    }

    /// How many certificates the file holds.
    package var count: Int { certificates.count }

    /// When each of them ends.
    package var ends: [Moment] { certificates.map { Moment($0.notValidAfter) } }

    /// When the last of them begins.
    package var begins: Moment { certificates.map { Moment($0.notValidBefore) }.max() ?? Moment(milliseconds: 0) }

    /// Whether the first is for this host: a name, or an address in numbers. What browsers compare: the subject's other
    /// names, and one star in place of a first part (RFC 6125).
    package func covers(_ host: String) -> Bool {
        guard let names = try? certificates.first?.extensions.subjectAlternativeNames else { return false }
        let host = host.lowercased()
        return names.contains { name in
            switch name {
            case .dnsName(let name):
                let name = name.lowercased()
                guard name.hasPrefix("*.") else { return name == host }
                return host.firstIndex(of: ".").map { host[$0...] == name.dropFirst() } ?? false
            case .ipAddress(let bytes): return Self.bytes(ofAddress: host).map { $0 == Array(bytes.bytes) } ?? false
            default: return false
            }
        }
    }

    /// The bytes of `127.0.0.1` or `::1`.
    private static func bytes(ofAddress text: String) -> [UInt8]? {
        var old = in_addr()
        if inet_pton(AF_INET, text, &old) == 1 { return withUnsafeBytes(of: old) { Array($0) } }
        var new = in6_addr()
        if inet_pton(AF_INET6, text, &new) == 1 { return withUnsafeBytes(of: new) { Array($0) } }
        return nil
    }

    /// Whether the key in another file is the first certificate's.
    ///
    /// - Throws: `CertificateFault` where that file holds no key.
    package func belongs(to keyPath: String) throws(CertificateFault) -> Bool {
        let text = try Self.text(keyPath)
        do {
            return try Certificate.PrivateKey(pemEncoded: text).publicKey == certificates.first?.publicKey
        } catch {
            throw CertificateFault(path: keyPath, words: "cannot be read as one key in PEM form without a password")
        }
    }
}

extension Moment {
    fileprivate init(_ date: Date) {
        self.init(milliseconds: Int64(date.timeIntervalSince1970 * 1000))
    }
}
