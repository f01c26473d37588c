import Foundation
import Testing

/// `rightsdesk clock` as a person or a script runs it.
@Suite struct ClockCommandTests {
    private func run(_ arguments: [String]) throws -> Command { try Command(["clock"] + arguments) }

    @Test("a file of worked examples is answered row by row")
    func vectors() throws {
        let run = try run(["vectors", "Tests/RightsTests/Fixtures/clock-vectors.csv"])
        let lines = run.output.split(separator: "\n")
        #expect(run.status == 0)
        #expect(lines.count == 105)
        #expect(lines.first == "id,state,due")
        #expect(lines.contains("C07,running,2026-10-05"))
        #expect(lines.contains("D14,paused,"))
        #expect(lines.contains("J09,review_from,2027-03-01"))
        #expect(run.messages.contains("C07: It is too late to extend"))
    }

    @Test("a row that cannot be read does not stop the others, and the run says so at its end")
    func badRow() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "vectors-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("id,profile,kind,received\nA,uk-2026,access,soon\nB,uk-2026,access,2026-09-03\n".utf8).write(to: file)
        let run = try run(["vectors", file.path])
        #expect(run.status == 2)
        #expect(run.output == "id,state,due\nA,,\nB,running,2026-10-05\n")
        #expect(run.messages == "A: The column “received” cannot be read: “soon”.\n1 of 2 rows could not be counted.\n")
    }

    @Test(
        "what cannot be done ends with the number that says why",
        arguments: [
            (["vectors", "no-such-file.csv"], 66), (["vectors", "README.md"], 65), (["explain"], 64),
            (["explain", "--received", "2026-09-01", "--policy", "none"], 65),
            (["vectors", "README.md", "--policies", "Sources"], 78),
        ] as [([String], Int32)])
    func refused(arguments: [String], status: Int32) throws {
        let run = try run(arguments)
        #expect(run.status == status)
        #expect(run.output.isEmpty)
        #expect(!run.messages.isEmpty)
    }

    @Test("one case is explained day by day, by the policy and by the law")
    func explain() throws {
        let run = try run([
            "explain", "--received", "2026-09-01", "--complete", "2026-09-03",
            "--pause", "2026-09-10/2026-09-17:clarification", "--on", "2026-09-20",
        ])
        #expect(run.status == 0)
        #expect(run.output.contains("Due on Thursday 8 October 2026, counted from 3 September 2026"))
        #expect(run.output.contains("From 11 September 2026 to 17 September 2026: not counted (7 days)."))
        #expect(run.output.contains("Due on Monday 12 October 2026"))
        #expect(run.output.contains("The earlier date governs: Thursday 8 October 2026 (Policy 5.3(c))."))
    }
}
