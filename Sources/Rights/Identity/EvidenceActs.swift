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
