/// A person's name as they write it: two parts, any script, never guessed apart.
package struct PersonName: Hashable, Sendable, Codable {
    package let given: String
    package let family: String

    package init(given: String, family: String) {
        self.given = given
        self.family = family
    }

    /// Both parts with one space; either may be empty.
    package var full: String {
        given.isEmpty ? family : family.isEmpty ? given : "\(given) \(family)"
    }
}

/// The person whose records are asked for (policy 2.1: patients, service users and staff, living or dead).
package struct Subject: Hashable, Sendable, Codable {
    package var name: PersonName
    /// Names the records may also be under.
    package var formerNames: String?
    package var dateOfBirth: Day?
    package var nhsNumber: NHSNumber?
    package var hospitalNumber: String?
    package var address: String?
    /// Set for the deceased regime and only there (policy 2.3, 6.1).
    package var dateOfDeath: Day?

    package init(
        name: PersonName, formerNames: String? = nil, dateOfBirth: Day? = nil, nhsNumber: NHSNumber? = nil,
        hospitalNumber: String? = nil, address: String? = nil, dateOfDeath: Day? = nil
    ) {
        self.name = name
        self.formerNames = formerNames
        self.dateOfBirth = dateOfBirth
        self.nhsNumber = nhsNumber
        self.hospitalNumber = hospitalNumber
        self.address = address
        self.dateOfDeath = dateOfDeath
    }

    /// Age in whole years on a day, where the date of birth is known; at death for the dead.
    package func age(on day: Day) -> Int? {
        guard let born = dateOfBirth?.parts else { return nil }
        let then = min(day, dateOfDeath ?? day).parts
        let years = then.year - born.year
        return (then.month, then.day) < (born.month, born.day) ? years - 1 : years
    }
}

/// The person or organisation that asks, and in what capacity (policy 5.1(e), 6.1(a)).
package struct Requester: Hashable, Sendable, Codable {
    package var name: PersonName
    package var organisation: String?
    package var email: String?
    package var phone: String?
    package var address: String?
    /// The policy's code for the capacity: `patient`, `solicitor`, `executor`.
    package var capacity: String
    /// The requester's own reference, which solicitors quote.
    package var theirReference: String?
    /// The portal account, where the request came through one.
    package var account: Account.ID?

    package init(
        name: PersonName, organisation: String? = nil, email: String? = nil, phone: String? = nil,
        address: String? = nil, capacity: String, theirReference: String? = nil, account: Account.ID? = nil
    ) {
        self.name = name
        self.organisation = organisation
        self.email = email
        self.phone = phone
        self.address = address
        self.capacity = capacity
        self.theirReference = theirReference
        self.account = account
    }
}

/// What is asked for, so that the records can be located (policy 5.2(f)).
package struct Scope: Hashable, Sendable, Codable {
    /// In the requester's words.
    package var description: String
    /// Kinds of record, as the form names them.
    package var recordTypes: [String]
    package var from: Day?
    package var to: Day?
    /// How they want it: the form's wording (`Download from the portal`).
    package var format: String?

    package init(
        description: String, recordTypes: [String] = [], from: Day? = nil, to: Day? = nil, format: String? = nil
    ) {
        self.description = description
        self.recordTypes = recordTypes
        self.from = from
        self.to = to
        self.format = format
    }
}
