extension Policy {
    /// The documents that can prove a check for somebody in this capacity; empty where nothing has to be shown.
    package func documents(proving check: Check, in capacity: String) -> [DocumentType] {
        guard let capacity = capacities[capacity] else { return [] }
        let codes = capacity.documents.filter { $0.check == check }.flatMap(\.accepts)
        return documentTypes.all.filter { codes.contains($0.code) }
    }

    /// Every single thing that somebody in this capacity shows for a check, in the policy's order.
    package func slots(for check: Check, in capacity: String) -> [DocumentSlot] {
        capacities[capacity]?.documents.filter { $0.check == check } ?? []
    }

    /// What staff call one thing to show, by the documents that prove it: `Grant of probate, or Will that names the
    /// executor`.
    package func name(of slot: DocumentSlot) -> String {
        slot.accepts.map(label(ofDocument:)).joined(separator: ", or ")
    }

    /// A document type as people know it; its code for one that the policy has no more.
    package func label(ofDocument code: String) -> String { documentTypes[code]?.label ?? code }

    /// Whether somebody in this capacity must show a document for a check. Where they need not, a person may accept
    /// the check without one, having no reasonable doubt (UK GDPR Art. 12(6); C-06).
    package func needsDocument(for check: Check, in capacity: String) -> Bool {
        capacities[capacity]?.checks.contains(check) ?? false
    }

    /// Why a refusal letter may not go out: it must give the right to complain to the trust and to the regulator
    /// (policy 3.6; S2-019).
    func missingComplaintRights(in letter: String) -> [Reason] {
        var reasons = Reasons()
        let text = letter.lowercased()
        reasons.require(
            text.contains("complain"), "no-complaint-right",
            "The letter must say how to complain to the trust.", field: "letter")
        reasons.require(
            text.contains(regulator.lowercased()), "no-regulator",
            "The letter must say that the requester can complain to the \(regulator).", field: "letter")
        return reasons.list
    }
}
