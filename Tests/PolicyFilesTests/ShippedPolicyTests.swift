import Foundation
import PolicyFiles
import Rights
import Testing

@Suite("The policies that ship")
struct ShippedPolicyTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "policies")

    @Test("load without a fault", arguments: ["poole-2017", "uk-2026"])
    func noFault(code: String) {
        #expect(PolicyFiles.check(Self.folder.appending(path: code)) == [])
    }
}
