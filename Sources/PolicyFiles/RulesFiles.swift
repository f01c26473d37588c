import Rights

/// `fees.yaml`, `retention.yaml`, `stages.yaml` and `release.yaml`.
extension PolicyReading {
    func fees(in section: Section) -> FeeRules? {
        FeeRules(
            living: Set(section.several(of: FeeRules.Ground.self, "living")),
            deceased: Set(section.several(of: FeeRules.Ground.self, "deceased")),
            deceasedIsBlocked: section.flag("deceased-is-blocked", or: true))
    }

    func retention(in section: Section) -> (periods: Periods, files: FileLimits)? {
        let downloads = section.integer("download-days", 1...365)
        let warning = section.integer("download-warning-days", 0...364)
        if warning >= downloads {
            section.fault(
                at: "download-warning-days", "The warning would come before the files are there",
                "Make it smaller than `download-days`.")
        }
        let periods = Periods(
            downloadDays: downloads, downloadWarningDays: warning, draftDays: section.integer("draft-days", 1...365),
            // Policy 5.3(h): a minimum of three years.
            retentionYears: section.integer("retention-years", 3...30))
        guard let files = section.section("files") else { return nil }
        defer { files.close() }
        let megabyte = 1_000_000
        let single = files.integer("requester-megabytes", 1...10_000)
        let unsent = files.integer("unsent-megabytes", 1...1_000_000)
        if unsent < single {
            files.fault(
                at: "unsent-megabytes", "A single file of the largest size would not fit",
                "Make it at least as large as `requester-megabytes`.")
        }
        return (
            periods,
            FileLimits(
                requesterBytes: single * megabyte,
                staffBytes: files.integer("staff-megabytes", 1...100_000) * megabyte,
                unsentBytes: unsent * megabyte,
                filesPerQuestion: files.integer("files-per-question", 1...50),
                filesPerRequest: files.integer("files-per-request", 1...500),
                requesterTypes: files.several(of: FileType.self, "requester-types"),
                staffTypes: files.several(of: FileType.self, "staff-types"))
        )
    }

    func stages(in section: Section) -> [Stage: StageWording]? {
        section.table("stages", by: Stage.self) { entry in
            StageWording(
                label: entry.text("label"), sentence: entry.text("sentence"),
                colour: entry.one(of: StageWording.Colour.self, "colour") ?? .grey)
        }
    }

    func release(in section: Section) -> [ReleaseCheck]? {
        let checks = section.each("checks") { entry -> ReleaseCheck? in
            let code = ledger.code(.releaseCheck, of: entry)
            return ReleaseCheck(
                code: code ?? "", text: entry.text("text"), regimes: Set(entry.several(of: Regime.self, "regimes")),
                retired: entry.flag("retired", or: false))
        }
        for regime in Regime.allCases where !checks.contains(where: { $0.regimes.contains(regime) && !$0.retired }) {
            section.fault(
                at: "checks", "Nothing is confirmed before records of a \(regime.rawValue) patient leave",
                "Give a check with `regimes: [\(regime.rawValue)]`.")
        }
        return checks
    }
}
