import Casework
import Documents
import Rights
import Store

/// Looks for malware in a file that came into a case. Until a scan has found it clean, nobody opens it.
package struct ScanFile: Work {
    package static let kind = WorkKind.scanFile.rawValue

    private let casework: Casework
    private let scan: MalwareScan
    private let opensUnscanned: Bool

    /// - Parameter opensUnscanned: whether files may be opened where no scanner is configured (`Casework.inspect`).
    package init(casework: Casework, scan: MalwareScan, opensUnscanned: Bool) {
        self.casework = casework
        self.scan = scan
        self.opensUnscanned = opensUnscanned
    }

    package func perform(_ job: Job) async throws -> WorkOutcome {
        guard let order = ScanOrder(body: job.body) else { return .never("The order names no file.") }
        do {
            let ran = try await casework.inspect(order, with: scan, opensUnscanned: opensUnscanned)
            return ran ? .done : .again("The malware scanner could not be used.")
        } catch Problem.notFound {
            // The draft or the case it belonged to is gone.
            return .done
        }
    }

    package func giveUp(_ job: Job, because reason: String) async throws {
        guard let order = ScanOrder(body: job.body) else { return }
        try await casework.giveTask(
            about: order.caseID, title: "A file could not be checked for viruses",
            details: "\(reason) The file stays closed. Ask an administrator to look at the scanner, or ask for the "
                + "file in another way.", key: order.file.text)
    }
}
