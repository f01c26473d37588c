import Rights

/// The values that may be merged into a text about one case. What a mail may hold is settled by the policy's closed
/// list (`MergeField.isAllowed`); here are only the answers.
package struct MergeValues: Sendable {
    package private(set) var values: [MergeField: String]

    /// What is true of the trust whatever the text is about.
    package init(trust: Trust, policy: Policy) {
        values = [
            .trust: trust.name, .contact: trust.contact, .portalAddress: trust.portal, .regulator: policy.regulator,
            .department: policy.departments.offered.first(where: \.ownsCases)?.label ?? trust.name,
        ]
    }

    /// The values of one case on a day, as its requester may read them.
    package init(trust: Trust, policy: Policy, matter: Case, clock: CaseClock?, today: Day, signature: String) {
        self.init(trust: trust, policy: policy)
        let department = policy.departments[matter.received.department]?.label ?? trust.name
        let missing = Check.allCases.filter { !matter.standing(of: $0).isAccepted }.map {
            "proof of \($0.title.lowercased())"
        }
        let more: [MergeField: String] = [
            .department: department, .reference: matter.reference, .today: today.inWords,
            .link: trust.portal + "/Account/Login", .requesterName: matter.requester.name.full,
            .subjectName: matter.subject.name.full, .received: matter.receivedOn.inWords,
            .started: matter.completeOn?.inWords ?? "not yet started",
            .due: clock?.due?.inWords ?? "a date that we will tell you", .requested: matter.scope,
            .missing: missing.isEmpty ? "nothing" : missing.joined(separator: ", "),
            .lastDay: clock?.due?.inWords ?? "a date that we will tell you", .signature: signature,
            .part: String(matter.parts.count + 1),
        ]
        values.merge(more) { _, new in new }
    }

    /// The same with some values more, or others in their place.
    package func adding(_ more: [MergeField: String]) -> MergeValues {
        var copy = self
        copy.values.merge(more) { _, new in new }
        return copy
    }
}

extension Case {
    /// What was asked for in one line, for letters.
    fileprivate var scope: String { received.scope.description }
}

extension Policy {
    /// One of the program's own texts with these values in it.
    ///
    /// A text whose field has no value is filled with the field's name in brackets: a letter that a person still
    /// reads before it goes must never be lost to a missing value.
    package func fill(_ standard: StandardWording, _ values: MergeValues) throws -> FilledMarkdown {
        guard let wording = wording(standard) else { throw WordingMissing(standard: standard) }
        var all = values.values
        for field in wording.text.fields where all[field] == nil { all[field] = field.gap }
        return try wording.text.filled(with: all)
    }
}

/// The policy lacks a text that the program needs; `PolicyFiles` refuses such a policy before it comes into use.
package struct WordingMissing: Error, Hashable, Sendable {
    package let standard: StandardWording
}
