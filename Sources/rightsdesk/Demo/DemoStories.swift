import Casework
import Rights

/// One case in every state that the program knows, told relative to today.
extension DemoDesk {
    /// Proof of all three kinds, accepted on the day it came.
    private func accept(_ story: inout Story, _ daysAgo: Int, document: String = "passport") async throws {
        try await story.staff(
            daysAgo, AcceptCheck(check: .identity, arrivedOn: day(daysAgo), document: document, expires: today + 900))
        try await story.staff(
            daysAgo,
            AcceptCheck(
                check: .address, arrivedOn: day(daysAgo), document: "council-tax", issued: day(daysAgo + 20)))
        try await story.staff(daysAgo, AcceptCheck(check: .authority, arrivedOn: day(daysAgo)))
    }

    /// Somebody asked today and nobody has looked yet.
    func justReceived(_ person: DemoPerson, _ account: Account.ID?) async throws {
        _ = try await begins(0, person, account: account)
    }

    /// Identity is accepted, the rest is still to be looked at.
    func halfChecked(_ person: DemoPerson, _ account: Account.ID?) async throws {
        var story = try await begins(4, person, account: account)
        try await story.staff(
            3, AcceptCheck(check: .identity, arrivedOn: day(4), document: "passport", expires: today + 900))
        try await story.staff(3, AddNote(text: "Council tax bill is hard to read. Asked a colleague to look."))
    }

    /// The clock runs and two departments are at work.
    func running(_ person: DemoPerson, _ account: Account.ID?, started: Int, records: [StoredFile] = []) async throws
        -> Story
    {
        var story = try await begins(started + 1, person, account: account)
        try await accept(&story, started)
        // Every other case is with somebody, so that Today has both kinds.
        if started % 2 == 0 { try await story.staff(started, AssignHandler(staff: medicoLegal)) }
        try await story.staff(
            started, GiveTask(title: "Find the case notes", department: "medical-records", dueOn: today + 3))
        try await story.staff(
            started, GiveTask(title: "Get X-ray and CT images", department: "x-ray", dueOn: today + 5))
        if !records.isEmpty {
            try await story.staff(
                max(started - 3, 0), AddFiles(files: records, purpose: .record, arrivedOn: day(max(started - 3, 0))))
        }
        return story
    }

    /// The clock stands still for an answer that has not come.
    func waiting(_ person: DemoPerson, _ account: Account.ID?) async throws {
        var story = try await begins(13, person, account: account, scope: "My records from the eye clinic.")
        try await accept(&story, 12)
        try await story.staff(
            6,
            PauseClock(
                reason: "clarification",
                question: "Which years do you need from the eye clinic? It will help us to find the right notes.",
                asks: .reply))
    }

    /// The answer is in and the end of the pause is proposed.
    func answered(_ person: DemoPerson, _ account: Account.ID?) async throws {
        var story = try await begins(18, person, account: account, scope: "Everything about my hip operation.")
        try await accept(&story, 17)
        try await story.staff(
            9, PauseClock(reason: "clarification", question: "Was the operation in 2019 or 2021?", asks: .reply))
        try await story.requester(2, AnswerQuestion(number: 1, text: "It was in March 2021. Thank you."))
    }

    /// More time was taken, in time and with a letter.
    func extended(_ person: DemoPerson, _ account: Account.ID?) async throws {
        var story = try await running(person, account, started: 24)
        try await story.staff(
            4,
            ExtendClock(
                amount: .days(28), reason: "Records of four sites over 30 years, one of them on microfilm.",
                letter: "We need more time for your request, because the records are on four sites and go back 30 "
                    + "years. We will answer as soon as we can. You can complain to us or to the regulator."))
    }

    /// A solicitor's letter that was logged three days after it came.
    func byLetter(_ person: DemoPerson) async throws {
        var story = try await begins(
            8, person, account: nil, capacity: "solicitor", requester: PersonName(given: "Helen", family: "Marsh"),
            organisation: "Marsh and Pryce Solicitors", scope: "Full records from January 2022, for a claim.",
            channel: .letter, loggedDaysAgo: 5)
        try await story.staff(
            4,
            RefuseCheck(
                check: .authority,
                reason: "The authority is not signed by your client. Please send it again, signed and dated."))
    }

    /// Taken back by the requester.
    func takenBack(_ person: DemoPerson, _ account: Account.ID?) async throws {
        var story = try await begins(40, person, account: account)
        try await accept(&story, 38)
        try await story.requester(30, WithdrawRequest(how: "The requester withdrew it in the portal."))
    }

    /// Searched for, and not held.
    func nothingHeld(_ person: DemoPerson, _ account: Account.ID?) async throws {
        var story = try await begins(55, person, account: account, scope: "Records of the sleep clinic in 2004.")
        try await accept(&story, 54)
        try await story.staff(
            40,
            DeclareNotHeld(
                searches: [
                    .init(place: "Patient administration system", result: "No attendance in 2004"),
                    .init(place: "Medical records library", result: "No case notes under this number"),
                ],
                letter: "We searched and do not hold what you asked for. This is not a refusal: there is nothing "
                    + "here to give you. You can complain to us or to the Information Commissioner's Office."))
    }

    /// Refused, with the reason and how to complain.
    func turnedDown(_ person: DemoPerson, _ account: Account.ID?, ground: String, regulator: String) async throws {
        var story = try await begins(70, person, account: account, scope: "The same records again.")
        try await accept(&story, 69)
        try await story.staff(
            60,
            RefuseRequest(
                ground: ground, reason: "The fifth request for the same pages within two months.",
                letter: "We have decided not to answer this request, because you have had the same records from us "
                    + "four times this year. You can complain to us. You can also complain to the \(regulator)."))
    }

    /// Lapsed: the question was never answered and the closing letter went out.
    func lapsed(_ person: DemoPerson, _ account: Account.ID?) async throws {
        var story = try await begins(100, person, account: account)
        try await accept(&story, 99)
        try await story.staff(
            90, PauseClock(reason: "clarification", question: "Which hospital did you attend?", asks: .reply))
        try await story.staff(
            50, CloseCase(cause: .lapsed, reason: "No answer to the question or to the reminder."))
    }

    /// An executor asks for the record of somebody who has died; the dates of the record are still to be found.
    func forTheDead(_ person: DemoPerson, _ account: Account.ID?, checked: Bool) async throws {
        var story = try await begins(
            10, person, account: account, capacity: "executor",
            requester: PersonName(given: "Ellen", family: person.family),
            type: "deceased", died: day(120), scope: "The last admission.")
        guard checked else { return }
        try await story.staff(
            8, AcceptCheck(check: .identity, arrivedOn: day(8), document: "passport", expires: today + 400))
        try await story.staff(
            8, AcceptCheck(check: .address, arrivedOn: day(8), document: "council-tax", issued: day(30)))
        try await story.staff(8, AcceptCheck(check: .authority, arrivedOn: day(8), document: "probate"))
        try await story.staff(7, RecordLastEntry(lastEntry: day(120), firstEntry: day(9_000)))
    }
}
