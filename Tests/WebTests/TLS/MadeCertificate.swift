import Crypto
import Foundation
import SwiftASN1
import X509

/// A certificate for this machine that signs itself, and its key.
struct MadeCertificate {
    let certificate: Certificate
    private let key: P256.Signing.PrivateKey

    init(for names: [GeneralName] = [.dnsName("localhost")], days: Range<Int> = -1..<90) throws {
        key = P256.Signing.PrivateKey()
        let subject = try DistinguishedName { CommonName("Meadowbank Hospitals") }
        let (from, until) = (days.lowerBound, days.upperBound)
        certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: Certificate.PublicKey(key.publicKey),
            notValidBefore: Date(timeIntervalSinceNow: Double(from) * 86_400),
            notValidAfter: Date(timeIntervalSinceNow: Double(until) * 86_400), issuer: subject, subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions { SubjectAlternativeNames(names) },
            issuerPrivateKey: Certificate.PrivateKey(key))
    }

    func write(chain: String, key keyPath: String) throws {
        try certificate.serializeAsPEM().pemString.write(toFile: chain, atomically: true, encoding: .utf8)
        try key.pemRepresentation.write(toFile: keyPath, atomically: true, encoding: .utf8)
    }
}
