import Documents
import Rights
import Store

extension Casework {
    /// Looks for malware in a file of a case and writes down what was found. A scan that cannot run leaves the file
    /// closed, and is tried again by the worker.
    ///
    /// - Parameter opensUnscanned: whether files may be opened where no scanner is configured: in the demonstration,
    ///   and where an administrator has said so in as many words.
    /// - Returns: false if the scan could not run and may succeed later.
    package func inspect(_ order: ScanOrder, with scan: MalwareScan, opensUnscanned: Bool) async throws -> Bool {
        let kept = try await store.read { transaction in
            guard let kept = try transaction.file(order.file), kept.caseID == order.caseID else {
                throw Problem.notFound
            }
            return (file: kept.file, key: try transaction.key(kept.keyID))
        }
        let reader = try await vault.reader(of: order.file, size: kept.file.size, under: kept.key)
        let verdict = try await scan.verdict(on: VaultSource(reader: reader))
        let result = verdict.result(opensUnscanned: opensUnscanned)
        try await perform(
            InspectFile(inspected: FileInspected(file: order.file, result: result)), on: order.caseID,
            by: .system("Virus check"))
        if case .couldNotScan(let obstacle) = verdict { return !obstacle.isPassing }
        return true
    }
}

extension ScanVerdict {
    /// What the case's history says of it.
    fileprivate func result(opensUnscanned: Bool) -> FileInspected.Result {
        switch self {
        case .clean: .clean
        case .infected(let name): .infected(name)
        case .notConfigured where opensUnscanned: .admittedUnscanned
        case .notConfigured: .notScanned("No malware scanner is set up. Ask an administrator.")
        case .couldNotScan(let obstacle): .notScanned(obstacle.text)
        }
    }
}

extension FileInspected.Result {
    /// How the file's row says it.
    var state: FileState {
        switch self {
        case .clean: .clean
        case .infected: .infected
        case .unusable: .unusable
        case .notScanned, .admittedUnscanned: .unscanned
        }
    }
}
