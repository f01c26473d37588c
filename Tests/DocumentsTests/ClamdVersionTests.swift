import Documents
import Testing

/// What clamd says of itself, as clamd(8) prints it.
@Suite struct ClamdVersionTests {
    @Test("the age of the signatures is read, also on a day below ten")
    func signatures() throws {
        let version = try #require(ClamdVersion("ClamAV 1.0.7/27450/Fri Nov  6 09:40:00 2026"))
        #expect(version.program == "ClamAV 1.0.7")
        #expect(version.signatures == 1_793_958_000)
    }

    @Test("a daemon without signatures says so")
    func none() throws {
        let version = try #require(ClamdVersion("ClamAV 1.0.7"))
        #expect(version.signatures == nil)
    }

    @Test("what is no answer of clamd is not taken for one", arguments: ["", "UNKNOWN COMMAND", "HTTP/1.1 400 Bad"])
    func stranger(answer: String) {
        #expect(ClamdVersion(answer) == nil)
    }

    @Test("a daemon that answers is heard, and one that hangs up is not there")
    func asked() async throws {
        try await ClamdDouble.with(.answers("ClamAV 1.0.7/27450/Fri Nov  6 09:40:00 2026")) { double in
            #expect(await Clamd(at: double.address).version()?.program == "ClamAV 1.0.7")
        }
        try await ClamdDouble.with(.hangsUp) { double in
            #expect(await Clamd(at: double.address).version() == nil)
        }
    }
}
