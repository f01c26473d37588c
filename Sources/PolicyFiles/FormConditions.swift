import Rights

/// The conditions of a form: named facts that earlier pages settle.
extension FormReading {
    func condition(in entry: Section) -> Condition {
        guard let when = entry.optionalSection("when") else { return .always }
        defer { when.close() }
        let condition = Condition(
            all: when.places("all").compactMap { fact($0, when) },
            any: when.places("any").compactMap { fact($0, when) },
            none: when.places("none").compactMap { fact($0, when) })
        if !isPossible(condition) {
            entry.fault(
                at: "when", "This can never be reached: its conditions exclude each other or never hold on this form",
                "Change `when`, or take it out.")
        }
        return condition
    }

    private func fact(_ placed: Section.Placed, _ section: Section, insideFact: Bool = false) -> NamedFact? {
        if let derived = DerivedFact(rawValue: placed.text) {
            if derived != .living, derived != .deceased,
                !earlier.values.contains(where: { $0.meaning == .requesterCapacity })
            {
                section.fault(
                    at: placed, "`\(placed.text)` is not known before it is asked who asks",
                    "Put this after the page with the question of type `capacity`.")
            }
            return .derived(derived)
        }
        let parts = placed.text.split(separator: "=", maxSplits: 1).map(String.init)
        if parts.count == 2 {
            guard let question = earlier[parts[0]] else {
                section.fault(
                    at: placed, "No earlier page asks `\(parts[0])`",
                    suggestion(for: parts[0], among: earlier.keys.sorted()))
                return nil
            }
            let values = question.choices.map(\.value)
            guard values.contains(parts[1]) else {
                section.fault(
                    at: placed, "`\(parts[1])` is no answer to `\(parts[0])`", suggestion(for: parts[1], among: values))
                return nil
            }
            return .answer(question: parts[0], value: parts[1])
        }
        // A fact of the form's own is made of the others, never of another of its own: no chains, no circles.
        guard !insideFact, let defined = facts[placed.text] else {
            section.fault(
                at: placed, "There is no fact `\(placed.text)`",
                suggestion(for: placed.text, among: DerivedFact.allCases.map(\.rawValue) + facts.keys.sorted())
                    + " An answer is written `question=answer`.")
            return nil
        }
        let condition = Condition(
            all: defined.all.compactMap { fact($0, section, insideFact: true) },
            any: defined.any.compactMap { fact($0, section, insideFact: true) },
            none: defined.none.compactMap { fact($0, section, insideFact: true) })
        return .defined(placed.text, condition)
    }

    private func isPossible(_ condition: Condition) -> Bool {
        guard Set(condition.all).isDisjoint(with: condition.none), condition.all.allSatisfy(isPossible),
            condition.any.isEmpty || condition.any.contains(where: isPossible)
        else { return false }
        // One question, one answer: two answers to it cannot both be given, unless several may be chosen.
        var chosen: [String: String] = [:]
        for case .answer(let question, let value) in condition.all {
            if case .several = earlier[question]?.kind { continue }
            if let other = chosen.updateValue(value, forKey: question), other != value { return false }
        }
        return true
    }

    private func isPossible(_ fact: NamedFact) -> Bool {
        switch fact {
        case .answer: true
        case .defined(_, let condition): isPossible(condition)
        case .derived(.living): regime == .living
        case .derived(.deceased): regime == .deceased
        case .derived(.requesterIsPatient): capacities.contains { $0.isPatient }
        case .derived(.requesterIsOrganisation): capacities.contains { $0.organisation }
        case .derived(.actsByConsent): capacities.contains { $0.footing == .consent }
        case .derived(.actsByPower): capacities.contains { $0.footing == .power }
        case .derived(.actsAsRepresentative): capacities.contains { $0.footing == .representative }
        case .derived(.actsAsClaimant): capacities.contains { $0.footing == .claim }
        case .derived(.actsWithoutRight): capacities.contains { $0.footing == .discretion }
        case .derived(.consentNeeded):
            capacities.contains { $0.documents.contains { ApplicationForm.DocumentRequest.consent.wants($0) } }
        case .derived(.authorityNeeded):
            capacities.contains { $0.documents.contains { ApplicationForm.DocumentRequest.authority.wants($0) } }
        }
    }
}
