import Casework
import Documents
import Jobs
import Logging
import Rights
import Store
import TestSupport
import Testing

@Suite("Scanning what comes in")
struct ScanFileTests {
    private let premises: Premises

    init() throws {
        premises = try Premises()
    }

    private func worker(_ scan: MalwareScan, opensUnscanned: Bool = false, attempts: Int = 3) -> Worker {
        var pace = Worker.Pace()
        pace.sleep = Workshop.never
        pace.attempts = attempts
        return Worker(
            store: premises.casework.store,
            work: [ScanFile(casework: premises.casework, scan: scan, opensUnscanned: opensUnscanned)],
            schedule: Schedule([], surroundings: premises.world.surroundings), bell: Bell(),
            surroundings: premises.world.surroundings,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), pace: pace)
    }

    /// A file of staff in a case, waiting to be scanned.
    private func file(_ bytes: [UInt8]) async throws -> (Case.ID, StoredFile.ID) {
        let id = try await premises.casework.begin(
            premises.request { $0.requester.email = nil }, by: premises.requester
        ).id
        let file = try await premises.takeIn(String(decoding: bytes, as: UTF8.self), for: id)
        try await premises.casework.perform(
            AddFiles(files: [file], purpose: .record, arrivedOn: premises.today), on: id, by: premises.staff)
        return (id, file.id)
    }

    private func result(of file: StoredFile.ID, in id: Case.ID) async throws -> FileInspected.Result? {
        try await premises.casework.open(id, by: premises.staff).file(file)?.inspection
    }

    private let away = MalwareScan.clamd(Clamd(at: .unixSocket(path: "/nonexistent/clamd.ctl")))

    @Test("The EICAR file is found and stays closed")
    func eicar() async throws {
        let (id, file) = try await file(EICAR.testFile)
        await worker(.notConfigured, opensUnscanned: true).workOff()
        #expect(try await result(of: file, in: id) == .infected(EICAR.name))
        await #expect(throws: Problem.self) {
            _ = try await premises.casework.open(file, of: id, by: premises.staff)
        }
    }

    @Test("Without a scanner a file opens only where the operator said so")
    func notConfigured() async throws {
        let (id, file) = try await file(Array("Notes".utf8))
        await worker(.notConfigured).workOff()
        guard case .notScanned = try await result(of: file, in: id) else {
            Issue.record("the file counts as scanned")
            return
        }
        let (other, open) = try await self.file(Array("Notes".utf8))
        await worker(.notConfigured, opensUnscanned: true).workOff()
        #expect(try await result(of: open, in: other) == .admittedUnscanned)
        _ = try await premises.casework.open(open, of: other, by: premises.staff)
    }

    @Test("While the scanner is away the file stays closed; in the end the department has a task")
    func scannerAway() async throws {
        let (id, file) = try await file(Array("Notes".utf8))
        for _ in 0..<3 {
            await worker(away).workOff()
            guard case .notScanned = try await result(of: file, in: id) else {
                Issue.record("the file counts as scanned")
                return
            }
            premises.world.advance(days: 1)
        }
        let matter = try await premises.casework.open(id, by: premises.staff)
        #expect(matter.tasks.map(\.given.title) == ["A file could not be checked for viruses"])
    }

    @Test("When the scanner is back the file is scanned and opens")
    func scannerBack() async throws {
        let (id, file) = try await file(Array("Notes".utf8))
        await worker(away).workOff()
        premises.world.advance(seconds: 60)
        await worker(.notConfigured, opensUnscanned: true).workOff()
        #expect(try await result(of: file, in: id) == .admittedUnscanned)
        _ = try await premises.casework.open(file, of: id, by: premises.staff)
    }
}
