import Rights
import Store

extension Casework {
    /// The cases that may have files which can still be fetched.
    package func casesWithFilesToFetch() async throws -> [Case.ID] {
        // No policy leaves files longer than a year.
        let since = surroundings.now() + -366 * 86_400
        return try await store.read { try $0.cases(withFilesReleasedSince: since) }
    }

    /// Writes to the requester of a case who has not fetched all of the files and soon cannot any more (S1-63). Of each
    /// release they are told once, however often this is done.
    package func warnOfExpiry(in id: Case.ID) async throws {
        let now = surroundings.now()
        let today = surroundings.day(now)
        try await store.write { [self] transaction in
            guard let matter = try transaction.matter(id) else { return }
            let situation = try situation(of: matter, for: .system("Download watch"), on: today, at: now)
            let days = situation.policy.periods.downloadWarningDays
            for part in matter.parts where part.isExpiring(within: days, on: today) {
                let time = part.again.isEmpty ? "" : "-again-\(part.again.count)"
                try mail(
                    .filesExpiring, about: matter, cause: "part-\(part.part.number)\(time)",
                    adding: [.expires: part.downloadUntil.inWords], in: situation, transaction)
            }
        }
        wakeWorker()
    }
}

extension ReleasedPart {
    /// Whether some file of it was never fetched, and few days are left for it.
    fileprivate func isExpiring(within days: Int, on today: Day) -> Bool {
        let left = downloadUntil - today
        guard left >= 0, left <= days else { return false }
        return !Set(part.files).isSubset(of: Set(freshDownloads.map(\.file)))
    }
}
