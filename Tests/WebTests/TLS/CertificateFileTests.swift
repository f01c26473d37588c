import Foundation
import SwiftASN1
import TestSupport
import Testing
import X509

@testable import Web

@Suite struct CertificateFileTests {
    private let folder: TemporaryFolder
    private let files: SiteCertificate.Files

    init() throws {
        folder = try TemporaryFolder()
        files = SiteCertificate.Files(chain: folder.path + "/site.pem", key: folder.path + "/site.key")
    }

    @Test(
        "A certificate is for the names that it says, and a star stands for one part of a name",
        arguments: [
            ("records.example.org", true), ("RECORDS.example.org", true), ("desk.trust.example", true),
            ("127.0.0.1", true), ("::1", true), ("example.org", false), ("a.desk.trust.example", false),
            ("trust.example", false), ("127.0.0.2", false), ("records.example.org.example.com", false),
        ])
    func covers(host: String, isCovered: Bool) throws {
        let made = try MadeCertificate(for: [
            .dnsName("Records.example.org"), .dnsName("*.trust.example"),
            .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
            .ipAddress(ASN1OctetString(contentBytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])),
        ])
        try made.write(chain: files.chain, key: files.key)
        #expect(try CertificateFile(files.chain).covers(host) == isCovered)
    }

    @Test("The key of another certificate is told from its own")
    func key() throws {
        try MadeCertificate().write(chain: files.chain, key: files.key)
        let file = try CertificateFile(files.chain)
        #expect(try file.belongs(to: files.key))
        try MadeCertificate().write(chain: folder.path + "/other.pem", key: files.key)
        #expect(try !file.belongs(to: files.key))
    }

    @Test("What is no certificate, and what is no key, is said in words")
    func faults() throws {
        #expect(throws: CertificateFault(path: files.chain, words: "cannot be read")) {
            try CertificateFile(files.chain)
        }
        try "nothing".write(toFile: files.chain, atomically: true, encoding: .utf8)
        #expect(throws: CertificateFault(path: files.chain, words: "holds no certificate")) {
            try CertificateFile(files.chain)
        }
        let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
        try broken.write(toFile: files.chain, atomically: true, encoding: .utf8)
        #expect(throws: CertificateFault(path: files.chain, words: "cannot be read as certificates in PEM form")) {
            try CertificateFile(files.chain)
        }
        try MadeCertificate().write(chain: files.chain, key: files.key)
        let words = "cannot be read as one key in PEM form without a password"
        #expect(throws: CertificateFault(path: files.chain, words: words)) {
            try CertificateFile(files.chain).belongs(to: files.chain)
        }
    }
}
