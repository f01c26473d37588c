/// Staff add files: pages of the record, or proof that came by post.
package struct AddFiles: Act {
    package static let allowed = Allowed.staff(.handleFiles)

    package var files: [StoredFile]
    package var purpose: FileAdded.Purpose
    /// Which proof they are, where they are proof.
    package var check: Check?
    package var arrivedOn: Day

    package init(files: [StoredFile], purpose: FileAdded.Purpose, check: Check? = nil, arrivedOn: Day) {
        self.files = files
        self.purpose = purpose
        self.check = check
        self.arrivedOn = arrivedOn
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        reasons.require(!files.isEmpty, "no-files", "Select a file.", field: "files")
        reasons.requireDay(arrivedOn, of: matter, in: situation, field: "arrived-on")
        reasons.require(
            purpose != .evidence || check != nil, "check-missing", "Choose what the document proves.", field: "check")
        var additions: [Addition] = []
        for file in files {
            additions.append(Addition(.fileAdded(FileAdded(file: file, purpose: purpose)), on: arrivedOn))
            if purpose == .evidence, let check {
                additions.append(
                    Addition(.evidenceOffered(EvidenceOffered(check: check, file: file.id)), on: arrivedOn))
            }
        }
        return .facts(additions, unless: reasons.list)
    }
}

/// The inspection of a file is written down: type, passwords, malware.
package struct InspectFile: Act {
    package static let allowed = Allowed.system

    package var inspected: FileInspected

    package init(inspected: FileInspected) { self.inspected = inspected }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        guard let file = matter.file(inspected.file) else {
            return .refused([Reason("no-file", "There is no such file in this case.")])
        }
        guard file.inspection != inspected.result else { return .allowed([]) }
        return .allowed([Addition(.fileInspected(inspected), on: situation.today)])
    }
}

/// A file is taken out of the case: wrong person's page, doubled scan.
package struct RemoveFile: Act {
    package static let allowed = Allowed.staff(.handleFiles)

    package var file: StoredFile.ID
    package var reason: String

    package init(file: StoredFile.ID, reason: String) {
        self.file = file
        self.reason = reason
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        let held = matter.file(file)
        reasons.require(held?.isPresent ?? false, "no-file", "There is no such file in this case.")
        reasons.require(
            held?.releasedIn.isEmpty ?? true, "already-released",
            "This file has been released, so it stays in the case.")
        reasons.requireText(reason, "reason", "Say why the file is taken out.")
        return .facts(
            [Addition(.fileRemoved(FileRemoved(file: file, reason: reason)), on: situation.today)], unless: reasons.list
        )
    }
}
