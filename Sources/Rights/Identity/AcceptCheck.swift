/// A named person accepts a proof (policy 5.1(c), 5.2(d)): everything that the policy wants for it, in one step.
package struct AcceptCheck: Act {
    package static let allowed = Allowed.staff(.checkEvidence)

    package var check: Check
    /// The day the last of the proof came in: what the clock's start is counted from.
    package var arrivedOn: Day
    /// Every document seen.
    package var documents: [SeenDocument]
    package var note: String?

    package init(check: Check, arrivedOn: Day, documents: [SeenDocument] = [], note: String? = nil) {
        self.check = check
        self.arrivedOn = arrivedOn
        self.documents = documents
        self.note = note
    }

    /// One document, or none.
    package init(
        check: Check, arrivedOn: Day, document: String?, seenAs: String? = nil, issued: Day? = nil,
        expires: Day? = nil, note: String? = nil
    ) {
        let seen = document.map { SeenDocument(document: $0, seenAs: seenAs, issued: issued, expires: expires) }
        self.init(check: check, arrivedOn: arrivedOn, documents: seen.map { [$0] } ?? [], note: note)
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        reasons.requireDay(arrivedOn, of: matter, in: situation, field: "arrived-on")
        reasons.require(
            !matter.standing(of: check).isAccepted, "already-accepted",
            "\(check.title) is already accepted. Strike out the earlier entry first if it was a mistake.")
        reasons.add(faults(of: documents, for: matter.requester.capacity, under: situation.policy))
        // What was taken out of the case is no proof any more; what came on paper needs no virus check.
        let offered = matter.standing(of: check).offered.filter {
            $0.evidence.file.flatMap(matter.file)?.isPresent ?? true
        }
        reasons.require(
            offered.last?.evidence.file.flatMap(matter.file)?.isOpenable ?? true, "file-not-checked",
            "The document sent has not passed the virus check, so nobody can have seen it yet.")
        // Else the clock would start later than the law lets it.
        if let last = offered.map(\.on).max() {
            reasons.require(
                arrivedOn <= last, "after-arrival",
                "The proof on file came on \(last.inWords), so the date cannot be later. If something else came "
                    + "later, log it first.", field: "arrived-on")
        }
        let fact = CheckAccepted(check: check, documents: documents, note: note)
        return .facts([Addition(.checkAccepted(fact), on: arrivedOn)], unless: reasons.list)
    }

    /// What is wrong with the documents, and which of those that the policy names were not seen.
    private func faults(of documents: [SeenDocument], for capacity: String, under policy: Policy) -> [Reason] {
        let slots = policy.slots(for: check, in: capacity)
        var reasons = Reasons()
        guard !slots.isEmpty else {
            reasons.require(
                documents.isEmpty, "document-not-needed", "No document is needed for this check.", field: "document")
            return reasons.list
        }
        var left = documents
        for slot in slots {
            if let place = left.firstIndex(where: { $0.proves(slot) }) {
                let seen = left.remove(at: place)
                let type = policy.documentTypes[seen.document]
                if let fault = type?.fault(issued: seen.issued, expires: seen.expires, on: arrivedOn) {
                    let field = fault.field.map { slots.field($0, of: slot) }
                    reasons.add([Reason(fault.code, fault.text, field: field)])
                }
            } else if let place = left.firstIndex(where: { $0.slot == slot.code || slots.count == 1 }) {
                left.remove(at: place)
                reasons.require(
                    false, "document-unknown", "Choose a document from the list.",
                    field: slots.field("document", of: slot))
            } else if slot.required {
                let what = slots.count == 1 ? "" : "Missing: \(policy.name(of: slot)). "
                reasons.require(
                    false, "document-missing", "\(what)Choose the document that you have seen.",
                    field: slots.field("document", of: slot))
            }
        }
        reasons.require(
            left.isEmpty, "document-unknown", "One of the documents proves nothing that is asked for here.",
            field: "document")
        return reasons.list
    }
}

extension [DocumentSlot] {
    /// The name of a field about one of several things to show, as reasons and pages call it.
    package func field(_ name: String, of slot: DocumentSlot) -> String {
        count == 1 ? name : "\(slot.code)-\(name)"
    }
}

extension Case {
    /// What the policy wants for a check and nothing sent so far can prove. What was sent without saying what it is
    /// may be any of it.
    package func missingProof(of check: Check, under policy: Policy) -> [DocumentSlot] {
        let offered = standing(of: check).offered.map(\.evidence).filter { $0.file.flatMap(file)?.isPresent ?? true }
        return policy.slots(for: check, in: requester.capacity).filter { slot in
            slot.required && !offered.contains { $0.document.map(slot.accepts.contains) ?? true }
        }
    }
}
