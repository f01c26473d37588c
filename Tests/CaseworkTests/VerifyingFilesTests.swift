import Casework
import Foundation
import Rights
import TestSupport
import Testing

/// `rightsdesk verify --files`: what it says of files that are there, changed and gone.
@Suite struct VerifyingFilesTests {
    private let premises: Premises
    private var casework: Casework { premises.casework }

    init() throws {
        premises = try Premises()
    }

    private func path(of file: StoredFile.ID) -> String {
        "\(premises.folder.path)/vault/\(file.text.suffix(2))/\(file.text)"
    }

    private func caseWithFiles() async throws -> (id: Case.ID, files: [StoredFile.ID]) {
        let id = try await casework.begin(premises.request(), by: premises.requester).id
        return (id, [try await premises.takeIn("Passport", for: id).id, try await premises.takeIn("Bill", for: id).id])
    }

    @Test("files that are what was put in are counted, and nothing is found")
    func whole() async throws {
        _ = try await caseWithFiles()
        let result = try await casework.verifyFiles()
        #expect(result.files == 2)
        #expect(result.bytes > 0)
        #expect(result.findings.isEmpty)
    }

    @Test("a changed file and a missing one are named with their case, and the others are still read")
    func damaged() async throws {
        let (id, files) = try await caseWithFiles()
        let whole = try await premises.takeIn("Letter", for: id).id
        var bytes = try Data(contentsOf: URL(filePath: path(of: files[0])))
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: URL(filePath: path(of: files[0])))
        try FileManager.default.removeItem(atPath: path(of: files[1]))

        let result = try await casework.verifyFiles()
        #expect(result.files == 3)
        #expect(Set(result.findings) == [.altered(files[0], of: id), .missing(files[1], of: id)])
        #expect(result.findings.map(\.description).contains("case \(id.text), file \(files[1].text): missing"))
        #expect(!result.findings.map(\.description).joined().contains(whole.text))
    }
}
