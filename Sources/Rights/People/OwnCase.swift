extension Staff {
    /// Nobody opens a case about themselves, or one they made (policy 6.4.1).
    ///
    /// - Throws: `.notAllowed`, also where the same name comes with no date of birth to tell two people apart.
    package func admit(to matter: Case) throws(Problem) {
        guard !isConcerned(in: matter) else {
            throw .notAllowed(
                "This case is about you, or was made by you, so you cannot open it. "
                    + "Information Governance will give it to a colleague.")
        }
    }

    /// Whether the case is about or by this member of staff, as far as can be told.
    package func isConcerned(in matter: Case) -> Bool {
        isConcerned(by: matter.requester, about: matter.subject)
    }

    /// The same of a request that is no case yet.
    ///
    /// The lists of the desk leave out the same cases by what their summaries keep (`SummaryFilter`): whoever changes
    /// one rule changes the other.
    func isConcerned(by requester: Requester, about subject: Subject) -> Bool {
        if let email = requester.email, email.lowercased() == own.email.lowercased() { return true }
        if let number = own.nhsNumber, number == subject.nhsNumber { return true }
        let me = own.name.asPerson
        guard !me.isEmpty else { return false }
        // A requester's date of birth is not asked, so that the name alone must do.
        if me == requester.name.full.asPerson, me != subject.name.full.asPerson { return true }
        guard me == subject.name.full.asPerson else { return false }
        guard let mine = own.dateOfBirth, let theirs = subject.dateOfBirth else { return true }
        return mine == theirs
    }
}

extension String {
    /// A name as people are told apart by it: capitals and spaces tell nobody apart.
    package var asPerson: String {
        lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
