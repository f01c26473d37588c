/// A request as it came in, before it is a case: from the portal's form, or logged by staff from a letter, an email
/// or a fax. Both become the same kind of case (S1-70).
package struct NewRequest: Hashable, Sendable {
    /// One document that came with it.
    package struct Enclosure: Hashable, Sendable {
        package var file: StoredFile
        /// The proof it is offered for; nothing for other letters.
        package var checks: [Check]
        package var document: String?

        package init(file: StoredFile, checks: [Check], document: String? = nil) {
            self.file = file
            self.checks = checks
            self.document = document
        }
    }

    package var applicationType: String
    package var channel: Channel
    /// The day it reached the trust by any door (clock.md 2.5 no 22).
    package var receivedOn: Day
    package var requester: Requester
    package var subject: Subject
    package var scope: Scope
    package var answers: [AnsweredQuestion]
    package var adjustments: String?
    package var urgency: String?
    package var enclosures: [Enclosure]

    package init(
        applicationType: String, channel: Channel, receivedOn: Day, requester: Requester, subject: Subject,
        scope: Scope,
        answers: [AnsweredQuestion] = [], adjustments: String? = nil, urgency: String? = nil,
        enclosures: [Enclosure] = []
    ) {
        self.applicationType = applicationType
        self.channel = channel
        self.receivedOn = receivedOn
        self.requester = requester
        self.subject = subject
        self.scope = scope
        self.answers = answers
        self.adjustments = adjustments
        self.urgency = urgency
        self.enclosures = enclosures
    }

    /// Who may begin a case: a requester for their own account through the portal, staff who log requests.
    ///
    /// - Throws: `.notAllowed`, or `.refused` with every reason.
    package func begin(reference: String, in situation: Situation) throws(Problem) -> [Addition] {
        switch situation.actor {
        case .requester(let account):
            guard requester.account == account, channel == .portal else {
                throw .notAllowed("A portal request belongs to the account that makes it.")
            }
        case .staff(let staff):
            guard staff.permissions.contains(.logRequest) else {
                throw .notAllowed("Your role does not include logging requests.")
            }
            guard !staff.isConcerned(by: requester, about: subject) else {
                throw .notAllowed(
                    "This request is about you, or made by you, so a colleague must log it. You can also use the "
                        + "portal, as everybody does.")
            }
        case .system: break
        }
        let reasons = faults(in: situation)
        guard reasons.isEmpty, let type = situation.policy.applicationTypes.offered(applicationType) else {
            throw .refused(reasons)
        }
        let received = Received(
            reference: reference, applicationType: type.code, right: type.right, regime: type.regime,
            policy: PolicyStamp(code: situation.policy.edition.code, version: situation.policy.edition.version),
            nation: situation.policy.nation, channel: channel, requester: requester, subject: subject, scope: scope,
            answers: answers, adjustments: adjustments, urgency: urgency, department: type.department)
        var additions = [Addition(.received(received), on: receivedOn)]
        for enclosure in enclosures {
            let purpose: FileAdded.Purpose = enclosure.checks.isEmpty ? .correspondence : .evidence
            additions.append(Addition(.fileAdded(FileAdded(file: enclosure.file, purpose: purpose)), on: receivedOn))
            for check in enclosure.checks {
                let evidence = EvidenceOffered(check: check, document: enclosure.document, file: enclosure.file.id)
                additions.append(Addition(.evidenceOffered(evidence), on: receivedOn))
            }
        }
        return additions
    }

    /// Every reason why this cannot become a case.
    package func faults(in situation: Situation) -> [Reason] {
        let policy = situation.policy
        var reasons = Reasons()
        let type = policy.applicationTypes.offered(applicationType)
        reasons.require(type != nil, "type-unknown", "Choose the kind of request.", field: "application-type")
        reasons.require(
            receivedOn <= situation.today, "in-future", "The date received must be today or in the past.",
            field: "received-on")
        // No clock can count from a day of which the bank holidays are not known.
        reasons.require(
            situation.holidays.years.contains(receivedOn.parts.year) || receivedOn > situation.today, "too-long-ago",
            "The date received must be \(situation.holidays.years.lowerBound) or later. Check the year.",
            field: "received-on")
        reasons.require(
            policy.channels[channel] == .accepted, "channel-refused",
            "A request by \(channel.label.lowercased()) is not accepted. Record the advice given and send the form.",
            field: "channel")
        reasons.require(
            !subject.name.full.isBlank, "subject-missing", "Enter the patient's name.", field: "subject-family-name")
        reasons.require(
            !requester.name.full.isBlank, "requester-missing", "Enter the requester's name.",
            field: "requester-family-name")
        reasons.require(!scope.description.isBlank, "scope-missing", "Say what is asked for.", field: "scope")
        if let type {
            let capacities = policy.capacities(in: type.regime)
            reasons.require(
                capacities.contains { $0.code == requester.capacity }, "capacity-unknown",
                "Choose in what capacity the requester asks.", field: "capacity")
            switch type.regime {
            case .deceased:
                reasons.require(
                    subject.dateOfDeath != nil, "death-missing", "Enter the date of death.", field: "date-of-death")
            case .living:
                reasons.require(
                    subject.dateOfDeath == nil, "not-living",
                    "A request about someone who has died falls under another law. Choose the other kind.",
                    field: "application-type")
            }
        }
        if let born = subject.dateOfBirth {
            reasons.require(
                born <= situation.today, "birth-in-future", "The date of birth must be in the past.",
                field: "date-of-birth")
            if let died = subject.dateOfDeath {
                reasons.require(
                    died >= born, "death-before-birth", "The date of death must be after the date of birth.",
                    field: "date-of-death")
            }
        }
        if let died = subject.dateOfDeath {
            reasons.require(
                died <= situation.today, "death-in-future", "The date of death must be today or in the past.",
                field: "date-of-death")
        }
        return reasons.list
    }
}
