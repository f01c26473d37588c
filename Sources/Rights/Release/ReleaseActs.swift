extension Case {
    var nextPart: Int { (parts.map(\.part.number).max() ?? 0) + 1 }
}

/// A named person confirms each statement of the policy's release check about the files as they are now.
package struct ConfirmRelease: Act {
    package static let allowed = Allowed.staff(.release)

    /// Codes of the statements ticked.
    package var statements: [String]

    package init(statements: [String]) { self.statements = statements }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        // What was released may be released again, which is checked anew.
        if matter.parts.isEmpty { reasons.requireOpen(matter) }
        reasons.require(!matter.records.isEmpty, "no-records", "Add the record files first.")
        for check in situation.policy.releaseChecks(in: matter.received.regime) {
            reasons.require(
                statements.contains(check.code), "statement-missing", "Confirm: \(check.text)",
                field: "statement-\(check.code)")
        }
        let fact = ReleaseConfirmed(statements: statements, files: matter.records.map(\.file.id))
        return .facts([Addition(.releaseConfirmed(fact), on: situation.today)], unless: reasons.list)
    }
}

/// Files go to the requester: a part, or the answer to the whole request.
package struct ReleasePart: Act {
    package static let allowed = Allowed.staff(.release)

    package var files: [StoredFile.ID]
    package var note: String
    package var isFinal: Bool

    package init(files: [StoredFile.ID], note: String, isFinal: Bool) {
        self.files = files
        self.note = note
        self.isFinal = isFinal
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        reasons.require(!files.isEmpty, "no-files", "Select the files to release.", field: "files")
        reasons.require(
            Set(files).count == files.count, "file-twice", "A file can be released once in a part.", field: "files")
        // One wrong page refuses the whole release: what is wrong about one file may be wrong about all.
        reasons.require(
            files.allSatisfy { id in matter.records.contains { $0.file.id == id } }, "not-this-case",
            "One of these files is not part of this case's records. Nothing has been released.", field: "files")
        reasons.requireLetter(note, "note", "Write the covering note.")
        for gate in matter.gates(under: situation.policy, isFinal: isFinal) {
            if let blocker = gate.blocker { reasons.require(false, "gate-\(gate.code)", blocker) }
        }
        let part = PartReleased(
            number: matter.nextPart, files: files, note: note, isFinal: isFinal,
            downloadUntil: situation.policy.periods.lastDownload(ofFilesReleasedOn: situation.today))
        let message = MessageSent(number: matter.nextMessage, text: note, asks: .nothing)
        return .facts(
            [
                Addition(.messageSent(message), on: situation.today),
                Addition(.partReleased(part), on: situation.today),
            ], unless: reasons.list)
    }
}

/// The requester takes a copy of a released file (S1-62, S1-63).
package struct DownloadFile: Act {
    package static let allowed = Allowed.requester

    package var part: Int
    package var file: StoredFile.ID

    package init(part: Int, file: StoredFile.ID) {
        self.part = part
        self.file = file
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        guard let released = matter.parts.first(where: { $0.part.number == part }), released.part.files.contains(file),
            let held = matter.file(file)
        else { return .refused([Reason("no-file", "There is no such file.")]) }
        var reasons = Reasons()
        reasons.require(
            situation.today <= released.downloadUntil, "download-expired",
            "This file could be downloaded until \(released.downloadUntil.inWords). "
                + "Write to us and we will make it available again.")
        reasons.require(
            held.isOpenable, "file-not-checked", "This file cannot be opened until the virus check has run.")
        let fact = FileDownloaded(part: part, file: file, sha256: held.file.sha256)
        return .facts([Addition(.fileDownloaded(fact), on: situation.today)], unless: reasons.list)
    }
}
