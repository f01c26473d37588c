/// From a finished form to the request it makes: who asks, about whom, for what, with which proof.
extension ApplicationForm {
    /// What the answers mean. The e-mail address is the account's, which is already proved and never asked again.
    ///
    /// Throws `Problem.refused` with everything that is missing.
    package func request(
        from answers: Answers, for type: ApplicationType, email: String, account: Account.ID, receivedOn day: Day
    ) throws(Problem) -> NewRequest {
        let missing = missing(in: answers)
        guard missing.isEmpty, let capacity = capacity(in: answers) else {
            throw .refused(missing.map(\.reason))
        }
        let live = relevant(answers)
        let questions = pages(given: answers).flatMap(\.questions)
        let given = Meanings(questions: questions, answers: live)
        let requester = Requester(
            name: PersonName(
                given: given.text(.requesterGivenName) ?? "", family: given.text(.requesterFamilyName) ?? ""),
            organisation: given.text(.requesterOrganisation), email: email, phone: given.text(.requesterPhone),
            address: given.text(.requesterAddress), capacity: capacity.code,
            theirReference: given.text(.requesterReference), account: account)
        return NewRequest(
            applicationType: type.code, channel: .portal, receivedOn: day, requester: requester,
            subject: subject(given, requester, capacity),
            scope: Scope(
                description: given.text(.scope) ?? "", recordTypes: given.several(.recordTypes), from: given.day(.from),
                to: given.day(.to), format: given.text(.format)),
            answers: questions.compactMap { question in
                let words = question.words(for: live[question.code], in: live)
                return words.isEmpty
                    ? nil : AnsweredQuestion(question: question.label, answer: words.joined(separator: "\n"))
            },
            adjustments: given.text(.adjustments), urgency: given.text(.urgency),
            enclosures: enclosures(questions, live))
    }

    /// Every file once, with all that it is offered to prove.
    private func enclosures(_ questions: [Question], _ live: Answers) -> [NewRequest.Enclosure] {
        var enclosures: [NewRequest.Enclosure] = []
        for question in questions {
            guard let slot = question.fileQuestion?.slot else { continue }
            for file in live.files(for: question.code) {
                if let place = enclosures.firstIndex(where: { $0.file.id == file.id }) {
                    if !enclosures[place].checks.contains(slot.check) { enclosures[place].checks.append(slot.check) }
                } else {
                    let document = slot.accepts.count == 1 ? slot.accepts.first : nil
                    enclosures.append(NewRequest.Enclosure(file: file, checks: [slot.check], document: document))
                }
            }
        }
        return enclosures
    }

    /// A patient who asks for their own records gives name and address once.
    private func subject(_ given: Meanings, _ requester: Requester, _ capacity: Capacity) -> Subject {
        let name = PersonName(given: given.text(.subjectGivenName) ?? "", family: given.text(.subjectFamilyName) ?? "")
        return Subject(
            name: capacity.isPatient ? requester.name : name, formerNames: given.text(.subjectFormerNames),
            dateOfBirth: given.day(.subjectDateOfBirth), nhsNumber: given.nhsNumber,
            hospitalNumber: given.text(.subjectHospitalNumber),
            address: given.text(.subjectAddress) ?? (capacity.isPatient ? requester.address : nil),
            dateOfDeath: given.day(.subjectDateOfDeath))
    }
}

/// The answers by what they mean.
private struct Meanings {
    private var answers: [Meaning: (question: Question, answer: Answer)] = [:]

    init(questions: [Question], answers live: Answers) {
        for question in questions {
            guard let meaning = question.meaning, let answer = live[question.code] else { continue }
            answers[meaning] = (question, answer)
        }
    }

    func text(_ meaning: Meaning) -> String? {
        answers[meaning].map { $0.question.words(for: $0.answer, in: Answers()).joined(separator: "\n") }
    }

    func several(_ meaning: Meaning) -> [String] {
        answers[meaning].map { $0.question.words(for: $0.answer, in: Answers()) } ?? []
    }

    func day(_ meaning: Meaning) -> Day? {
        if case .day(let day) = answers[meaning]?.answer { day } else { nil }
    }

    var nhsNumber: NHSNumber? {
        if case .nhsNumber(let number) = answers[.subjectNHSNumber]?.answer { number } else { nil }
    }
}

extension Answers {
    /// The files that answer an upload question, those used again included.
    package func files(for question: String) -> [StoredFile] {
        switch self[question] {
        case .files(let files): files
        case .sameFiles(let other): if case .files(let files) = self[other] { files } else { [] }
        case nil, .text, .choice, .several, .day, .nhsNumber, .address, .confirmed: []
        }
    }
}
