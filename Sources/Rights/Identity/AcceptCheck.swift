/// A named person accepts a proof (policy 5.1(c), 5.2(d)).
package struct AcceptCheck: Act {
    package static let allowed = Allowed.staff(.checkEvidence)

    package var check: Check
    /// The day the proof came in: what the clock's start is counted from.
    package var arrivedOn: Day
    package var document: String?
    package var seenAs: String?
    package var issued: Day?
    package var expires: Day?
    package var note: String?

    package init(
        check: Check, arrivedOn: Day, document: String? = nil, seenAs: String? = nil, issued: Day? = nil,
        expires: Day? = nil, note: String? = nil
    ) {
        self.check = check
        self.arrivedOn = arrivedOn
        self.document = document
        self.seenAs = seenAs
        self.issued = issued
        self.expires = expires
        self.note = note
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        reasons.requireDay(arrivedOn, of: matter, in: situation, field: "arrived-on")
        reasons.require(
            !matter.standing(of: check).isAccepted, "already-accepted",
            "\(check.title) is already accepted. Strike out the earlier entry first if it was a mistake.")
        let accepted = situation.policy.documents(proving: check, in: matter.requester.capacity)
        if accepted.isEmpty {
            reasons.require(
                document == nil, "document-not-needed", "No document is needed for this check.", field: "document")
        } else if let document {
            if let type = accepted.first(where: { $0.code == document }) {
                reasons.add(type.fault(issued: issued, expires: expires, on: arrivedOn).map { [$0] } ?? [])
            } else {
                reasons.require(false, "document-unknown", "Choose a document from the list.", field: "document")
            }
        } else if situation.policy.needsDocument(for: check, in: matter.requester.capacity) {
            reasons.require(false, "document-missing", "Choose the document that you have seen.", field: "document")
        }
        // What was taken out of the case is no proof any more; what came on paper needs no virus check.
        let latest = matter.standing(of: check).offered.map { $0.evidence.file.flatMap(matter.file) }
            .last { $0?.isPresent ?? true }
        if case let file?? = latest {
            reasons.require(
                file.isOpenable, "file-not-checked",
                "The document sent has not passed the virus check, so nobody can have seen it yet.")
        }
        let fact = CheckAccepted(
            check: check, document: document, seenAs: seenAs, issued: issued, expires: expires, note: note)
        return .facts([Addition(.checkAccepted(fact), on: arrivedOn)], unless: reasons.list)
    }
}

/// A named person refuses a proof and asks for a better one in the same step.
package struct RefuseCheck: Act {
    package static let allowed = Allowed.staff(.checkEvidence)

    package var check: Check
    /// What the requester is told: why, and what to send instead.
    package var reason: String

    package init(check: Check, reason: String) {
        self.check = check
        self.reason = reason
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        // Else a refusal would set the clock back to its beginning, whatever has been done since.
        reasons.require(
            !matter.standing(of: check).isAccepted, "already-accepted",
            "\(check.title) is already accepted. Strike out that entry first if it was a mistake.")
        reasons.requireLetter(reason, "reason", "Say why it is refused and what to send instead.")
        let question = MessageSent(number: matter.nextMessage, text: reason, asks: .document, check: check)
        return .facts(
            [
                Addition(.checkRefused(CheckRefused(check: check, reason: reason)), on: situation.today),
                Addition(.messageSent(question), on: situation.today),
            ], unless: reasons.list)
    }
}

/// Staff log a proof that came by letter, email or at the desk.
package struct LogEvidence: Act {
    package static let allowed = Allowed.staff(.checkEvidence)

    package var check: Check
    package var arrivedOn: Day
    package var document: String?

    package init(check: Check, arrivedOn: Day, document: String? = nil) {
        self.check = check
        self.arrivedOn = arrivedOn
        self.document = document
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        reasons.requireDay(arrivedOn, of: matter, in: situation, field: "arrived-on")
        let fact = EvidenceOffered(check: check, document: document)
        return .facts([Addition(.evidenceOffered(fact), on: arrivedOn)], unless: reasons.list)
    }
}

/// The dates of the record are written down, which fixes 21 or 40 days for the dead (policy 6.1(e)).
package struct RecordLastEntry: Act {
    package static let allowed = Allowed.staff(.checkEvidence)

    package var lastEntry: Day?
    package var firstEntry: Day?

    package init(lastEntry: Day?, firstEntry: Day?) {
        self.lastEntry = lastEntry
        self.firstEntry = firstEntry
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        reasons.require(
            matter.received.regime == .deceased, "living",
            "Only a request about someone who has died needs these dates.")
        for day in [lastEntry, firstEntry].compactMap({ $0 }) {
            reasons.require(
                day <= situation.today, "in-future", "The date must be today or in the past.", field: "last-entry")
        }
        if let lastEntry, let firstEntry {
            reasons.require(
                firstEntry <= lastEntry, "entries-crossed",
                "The oldest entry cannot be later than the last entry.", field: "first-entry")
        }
        let fact = LastEntryRecorded(lastEntry: lastEntry, firstEntry: firstEntry)
        return .facts([Addition(.lastEntryRecorded(fact), on: situation.today)], unless: reasons.list)
    }
}
