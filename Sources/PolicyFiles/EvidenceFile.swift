import Rights

/// `evidence.yaml`: which documents prove what.
struct Evidence {
    let documentTypes: [DocumentType]
    /// The documents everybody sends.
    let everyone: [DocumentSlot]
}

extension PolicyReading {
    func evidence(in section: Section) -> Evidence? {
        let types = section.each("document-types") { entry -> DocumentType? in
            let code = ledger.code(.document, of: entry)
            let validity = validity(in: entry)
            return DocumentType(
                code: code ?? "", label: entry.text("label"), checks: Set(entry.several(of: Check.self, "proves")),
                validity: validity, retired: entry.flag("retired", or: false))
        }
        return Evidence(documentTypes: types, everyone: slots("everyone", in: section, types))
    }

    private func validity(in entry: Section) -> DocumentType.Validity {
        let months = entry.optionalInteger("months", 1...120)
        let untilExpiry = entry.flag("until-expiry", or: false)
        switch (months, untilExpiry) {
        case (nil, false): return .unlimited
        case (nil, true): return .untilExpiry
        case (let months?, false): return .months(months)
        case (_?, true):
            entry.fault(
                at: "months", "A document is good until its expiry date or for some months, not both",
                "Leave one of `months` and `until-expiry` out.")
            return .untilExpiry
        }
    }

    /// `capacity.yaml`: who may ask, and what each must bring.
    func capacities(in section: Section, _ evidence: Evidence?, patientSigns: Bool) -> [Capacity]? {
        let capacities = section.each("capacities") { entry -> Capacity? in
            let code = ledger.code(.capacity, of: entry)
            let everyone = entry.flag("everyone", or: true) ? evidence?.everyone ?? [] : []
            let footing = entry.one(of: Capacity.Footing.self, "footing") ?? .discretion
            // S1-35: whether a patient's own request needs a signed consent too is the trust's choice.
            let slots = (everyone + slots("documents", in: entry, evidence?.documentTypes ?? []))
                .filter { !$0.isConsent || footing != .own || patientSigns }
            let codes = slots.map(\.code)
            for code in Set(codes) where codes.count(where: { $0 == code }) > 1 {
                entry.fault(
                    at: "documents", "There are two documents with the code `\(code)`",
                    "Give one of them another code; `everyone` in evidence.yaml counts too.")
            }
            let capacity = Capacity(
                code: code ?? "", label: entry.text("label"), name: entry.text("name"),
                regimes: Set(entry.several(of: Regime.self, "regimes")),
                footing: footing,
                organisation: entry.flag("organisation", or: false), documents: slots, guidance: entry.text("guidance"),
                retired: entry.flag("retired", or: false))
            findUnproved(capacity, entry)
            return capacity
        }
        for regime in Regime.allCases where !capacities.contains(where: { $0.regimes.contains(regime) && !$0.retired })
        {
            section.fault(
                at: "capacities", "Nobody can ask for the records of a \(regime.rawValue) patient",
                "Give a capacity with `regimes: [\(regime.rawValue)]`.")
        }
        return capacities
    }

    /// A representative brings the signed consent, and whoever has a power or a right brings its proof (S1-35, S1-65).
    private func findUnproved(_ capacity: Capacity, _ entry: Section) {
        let authority = capacity.documents.filter { $0.check == .authority && $0.required }
        switch capacity.footing {
        case .own, .discretion: break
        case .consent where !authority.contains(where: \.isConsent):
            entry.fault(
                at: "documents", "Somebody who acts by consent must send the signed consent",
                "Add a document with `consent: true`.")
        case .power where authority.isEmpty, .representative where authority.isEmpty, .claim where authority.isEmpty:
            entry.fault(
                at: "documents", "The capacity `\(capacity.code)` has nothing to prove it",
                "Add a document with `check: authority`.")
        case .consent, .power, .representative, .claim: break
        }
        if capacity.footing == .own, capacity.regimes.contains(.deceased) {
            entry.fault(
                at: "regimes", "A patient who has died cannot be the requester",
                "Take `deceased` out of the regimes of `\(capacity.code)`.")
        }
    }

    private func slots(_ key: String, in section: Section, _ types: [DocumentType]) -> [DocumentSlot] {
        section.each(key, optional: true) { entry -> DocumentSlot? in
            let check = entry.one(of: Check.self, "check") ?? .authority
            let accepts = entry.places("accepts")
            if accepts.isEmpty {
                entry.fault(at: "accepts", "No document is accepted here", "List the codes of document types.")
            }
            for accepted in accepts {
                guard let type = types.first(where: { $0.code == accepted.text }), !type.checks.contains(check) else {
                    continue
                }
                entry.fault(
                    at: accepted, "A `\(type.code)` does not prove \(check.rawValue)",
                    "Add `\(check.rawValue)` to what it `proves` in evidence.yaml, or take it out here.")
            }
            return DocumentSlot(
                code: entry.text("code"), check: check, label: entry.text("label"), hint: entry.text("hint", or: ""),
                required: entry.flag("required", or: true), accepts: ledger.refer(.document, accepts),
                isConsent: entry.flag("consent", or: false))
        }
    }
}
