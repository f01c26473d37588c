/// When a page or question is asked: lists of named facts, and nothing else. No arithmetic, no scripts.
package struct Condition: Hashable, Sendable {
    /// Every one of these holds.
    package let all: [NamedFact]
    /// At least one of these holds, where there are any.
    package let any: [NamedFact]
    /// None of these holds.
    package let none: [NamedFact]

    package init(all: [NamedFact] = [], any: [NamedFact] = [], none: [NamedFact] = []) {
        self.all = all
        self.any = any
        self.none = none
    }

    /// Holds without any fact.
    package static let always = Condition()

    func holds(_ answers: Answers, on form: ApplicationForm) -> Bool {
        all.allSatisfy { $0.holds(answers, on: form) }
            && (any.isEmpty || any.contains { $0.holds(answers, on: form) })
            && !none.contains { $0.holds(answers, on: form) }
    }
}

/// Something that is so or not so, given the answers.
package indirect enum NamedFact: Hashable, Sendable {
    /// The question is asked and this choice is (among) its answer.
    case answer(question: String, value: String)
    case derived(DerivedFact)
    /// A fact that the form itself names, in terms of the others.
    case defined(String, Condition)

    func holds(_ answers: Answers, on form: ApplicationForm) -> Bool {
        switch self {
        case .answer(let question, let value): answers[question]?.choices.contains(value) ?? false
        case .derived(let fact): fact.holds(answers, on: form)
        case .defined(_, let condition): condition.holds(answers, on: form)
        }
    }
}

/// Facts that follow from the form and the capacity chosen.
package enum DerivedFact: String, CaseIterable, Sendable {
    case living
    case deceased
    case requesterIsPatient = "requester-is-patient"
    case requesterIsOrganisation = "requester-is-organisation"
    case actsByConsent = "acts-by-consent"
    case actsByPower = "acts-by-power"
    case actsAsRepresentative = "acts-as-representative"
    case actsAsClaimant = "acts-as-claimant"
    case actsWithoutRight = "acts-without-right"
    case consentNeeded = "consent-needed"
    case authorityNeeded = "authority-needed"

    func holds(_ answers: Answers, on form: ApplicationForm) -> Bool {
        let capacity = form.capacity(in: answers)
        return switch self {
        case .living: form.regime == .living
        case .deceased: form.regime == .deceased
        case .requesterIsPatient: capacity?.isPatient ?? false
        case .requesterIsOrganisation: capacity?.organisation ?? false
        case .actsByConsent: capacity?.footing == .consent
        case .actsByPower: capacity?.footing == .power
        case .actsAsRepresentative: capacity?.footing == .representative
        case .actsAsClaimant: capacity?.footing == .claim
        case .actsWithoutRight: capacity?.footing == .discretion
        case .consentNeeded: form.slots(.consent, in: answers).contains(where: \.required)
        case .authorityNeeded: form.slots(.authority, in: answers).contains(where: \.required)
        }
    }
}
