import Rights
import TestSupport
import Testing

/// Fills a shipped form page by page, as a requester would.
struct Filling {
    let form: ApplicationForm
    var answers = Answers()
    static let today = FixedWorld(at: "2026-11-21T09:30:00.000Z").surroundings.today

    init(_ code: String) throws {
        form = try #require(Shipped.poole.forms[code])
    }

    func page(_ code: String) throws -> ApplicationForm.Page {
        try #require(form.page(code, given: answers), "the page \(code) is not shown")
    }

    mutating func enter(_ code: String, _ fields: [String: [String]] = [:]) throws {
        answers = try form.read(fields, on: try page(code), into: answers, on: Self.today)
    }

    mutating func enter(_ code: String, _ field: String, _ value: String) throws {
        try enter(code, [field: [value]])
    }

    /// What is refused, by field.
    func refused(_ code: String, _ fields: [String: [String]]) throws -> [String: String] {
        do throws(Problem) {
            _ = try form.read(fields, on: try page(unthrown: code), into: answers, on: Self.today)
            return [:]
        } catch {
            guard case .refused(let reasons) = error else { return ["": "\(error)"] }
            return Dictionary(reasons.map { ($0.field ?? "", $0.text) }, uniquingKeysWith: { first, _ in first })
        }
    }

    private func page(unthrown code: String) throws(Problem) -> ApplicationForm.Page {
        guard let page = form.page(code, given: answers) else { throw .notFound }
        return page
    }

    mutating func upload(_ page: String, _ question: String, _ number: Int = 1) throws {
        answers = try form.attach(Self.file(number), to: question, of: try self.page(page), in: answers)
    }

    static func file(_ number: Int) -> StoredFile {
        var random = [UInt8](repeating: 0, count: 10)
        random[9] = UInt8(number)
        return StoredFile(
            id: StoredFile.ID(at: Moment(milliseconds: 0), random: random), name: "scan-\(number).pdf", size: 1000,
            sha256: "", contentType: "application/pdf")
    }

    static func address(_ field: String) -> [String: [String]] {
        ["\(field)-line-1": ["1 High Street"], "\(field)-town": ["Poole"], "\(field)-postcode": ["BH15 2JB"]]
    }

    static func date(_ field: String, _ day: String, _ month: String, _ year: String) -> [String: [String]] {
        ["\(field)-day": [day], "\(field)-month": [month], "\(field)-year": [year]]
    }

    /// Everything about the requester.
    mutating func requester(_ capacity: String) throws {
        try enter("who", "capacity", capacity)
        try enter("your-name", ["given-name": ["Aisha"], "family-name": ["Rahman"]])
        if form.page("organisation", given: answers) != nil {
            try enter("organisation", "organisation", "Example LLP")
        }
        try enter("your-address", Self.address("address"))
        try enter("your-phone", "phone", "07700 900123")
        if form.page("relationship", given: answers) != nil { try enter("relationship", "relationship", "Daughter") }
    }

    /// Everything about the patient and the records.
    mutating func rest() throws {
        if form.page("patient-name", given: answers) != nil {
            try enter("patient-name", ["patient-given-name": ["Yusuf"], "patient-family-name": ["Rahman"]])
            try enter("patient-address", Self.address("patient-address"))
        }
        try enter("birth", Self.date("date-of-birth", "4", "July", "1949"))
        if form.regime == .deceased { try enter("death", Self.date("date-of-death", "1", "2", "2026")) }
        for page in ["former-names", "hospital-number", "dates", "adjustments"] { try enter(page) }
        try enter("knows-nhs-number", "knows-nhs-number", "no")
        for page in ["claim", "reasons"] where form.page(page, given: answers) != nil {
            try enter(page, page, "The death was avoidable")
        }
        try enter("scope", "scope", "The last admission")
        try enter("record-types", ["record-types": ["notes", "images"]])
        try enter("urgent", "urgent", "no")
        try enter("format", "format", "portal")
        try enter("declaration", "declaration", "yes")
    }
}

@Suite("The form for a living patient")
struct LivingFormTests {
    @Test("asks a patient for name and address once, and for no consent (S1-35)")
    func patient() throws {
        var filling = try Filling("living")
        try filling.requester("patient")
        let shown = filling.form.pages(given: filling.answers).map(\.code)
        #expect(!shown.contains("patient-name"))
        #expect(!shown.contains("patient-address"))
        #expect(!shown.contains("consent"))
        #expect(!shown.contains("authority"))
        try filling.rest()
        try filling.upload("identity", "identity-proof")
        try filling.enter("identity")
        try filling.enter("address-proof", "address-proof-reuse", "yes")
        #expect(filling.form.missing(in: filling.answers) == [])

        let type = try #require(Shipped.poole.applicationTypes["living"])
        let account = Account.ID(at: Moment(milliseconds: 0), random: [UInt8](repeating: 1, count: 10))
        let request = try filling.form.request(
            from: filling.answers, for: type, email: "a.rahman@example.org", account: account,
            receivedOn: Filling.today)
        #expect(request.subject.name == PersonName(given: "Aisha", family: "Rahman"))
        #expect(request.subject.address == "1 High Street\nPoole\nBH15 2JB")
        #expect(request.subject.dateOfBirth == Day("1949-07-04"))
        #expect(request.requester.email == "a.rahman@example.org")
        #expect(request.requester.capacity == "patient")
        #expect(request.scope.recordTypes == ["Medical and nursing notes", "X-rays and scans"])
        #expect(request.scope.format == "Download from this website")
        #expect(request.enclosures.map(\.checks) == [[.identity, .address]])
        #expect(request.answers.contains(AnsweredQuestion(question: "Date of birth", answer: "4 July 1949")))
    }

    @Test("wants the signed consent and the patient's identity from a relative")
    func carer() throws {
        var filling = try Filling("living")
        try filling.requester("carer")
        try filling.rest()
        try filling.upload("identity", "identity-proof", 1)
        try filling.enter("identity")
        try filling.upload("address-proof", "address-proof", 2)
        try filling.enter("address-proof")
        #expect(Set(filling.form.missing(in: filling.answers).map(\.page)) == ["consent", "authority"])
        #expect(try filling.refused("consent", [:]) == ["patient-consent": "Select a file to upload"])
        try filling.upload("consent", "patient-consent", 3)
        try filling.enter("consent")
        try filling.upload("authority", "patient-identity", 4)
        try filling.enter("authority")
        #expect(filling.form.missing(in: filling.answers) == [])
    }

    @Test("wants its proof from every capacity, and for every representative the consent or a power (decision aid 4.4)")
    func everyCapacity() throws {
        for capacity in Shipped.poole.capacities(in: .living) where !capacity.isPatient {
            var filling = try Filling("living")
            try filling.requester(capacity.code)
            let asked = filling.form.pages(given: filling.answers).flatMap(\.questions)
            let slots = asked.compactMap(\.fileQuestion?.slot)
            #expect(slots.contains { $0.check == .identity && $0.required }, "\(capacity.code)")
            #expect(slots.contains { $0.check == .address && $0.required }, "\(capacity.code)")
            switch capacity.footing {
            case .consent: #expect(slots.contains { $0.isConsent && $0.required }, "\(capacity.code)")
            case .power: #expect(slots.contains { $0.check == .authority && $0.required }, "\(capacity.code)")
            case .own, .representative, .claim, .discretion: break
            }
        }
    }

    @Test("forgets what no longer counts when the answer it hung on changes")
    func changedMind() throws {
        var filling = try Filling("living")
        try filling.requester("carer")
        try filling.enter("patient-name", ["patient-given-name": ["Yusuf"], "patient-family-name": ["Rahman"]])
        try filling.enter("who", "capacity", "patient")
        #expect(filling.form.relevant(filling.answers)["patient-given-name"] == nil)
        #expect(filling.form.page("patient-name", given: filling.answers) == nil)
        let questions = filling.form.summary(of: filling.answers).flatMap(\.rows).map(\.page)
        #expect(!questions.contains("patient-name"))
    }

    @Test("cannot be sent while anything is missing, and says what")
    func incomplete() throws {
        var filling = try Filling("living")
        try filling.requester("patient")
        let type = try #require(Shipped.poole.applicationTypes["living"])
        let account = Account.ID(at: Moment(milliseconds: 0), random: [UInt8](repeating: 1, count: 10))
        #expect(throws: Problem.self) {
            try filling.form.request(
                from: filling.answers, for: type, email: "a@example.org", account: account, receivedOn: Filling.today)
        }
        #expect(
            filling.form.missing(in: filling.answers).map(\.reason.text).contains("Enter the patient's date of birth"))
    }

    @Test("shows a task list that opens as answers come in")
    func tasks() throws {
        var filling = try Filling("living")
        func status(_ section: String) -> ApplicationForm.Status? {
            filling.form.tasks(given: filling.answers).first { $0.section.code == section }?.status
        }
        #expect(status("requester") == .notYetStarted)
        #expect(status("patient") == .cannotStartYet)
        #expect(status("consent") == .cannotStartYet)
        try filling.enter("who", "capacity", "carer")
        #expect(status("requester") == .inProgress)
        #expect(filling.form.tasks(given: filling.answers).first?.page == "your-name")
        try filling.requester("carer")
        #expect(status("requester") == .completed)
        #expect(status("patient") == .notYetStarted)
        #expect(status("consent") == .notYetStarted)
        try filling.enter("who", "capacity", "patient")
        #expect(status("consent") == nil)
    }

    @Test("leads from page to page within a section and back to the task list")
    func course() throws {
        var filling = try Filling("living")
        try filling.enter("who", "capacity", "patient")
        #expect(filling.form.page(after: "your-name", given: filling.answers)?.code == "your-address")
        #expect(filling.form.page(before: "your-address", given: filling.answers)?.code == "your-name")
        try filling.enter("who", "capacity", "solicitor")
        #expect(filling.form.page(after: "your-name", given: filling.answers)?.code == "organisation")
        #expect(filling.form.page(after: "your-phone", given: filling.answers) == nil)
        #expect(filling.form.page(after: "no-such-page", given: filling.answers) == nil)
    }
}

@Suite("The form for a patient who has died")
struct DeceasedFormTests {
    @Test(
        "asks the date of death and the capacity, and wants its proof (S1-65)",
        arguments: ["executor", "administrator", "for-representative", "claimant"])
    func proof(capacity: String) throws {
        var filling = try Filling("deceased")
        try filling.requester(capacity)
        try filling.rest()
        try filling.upload("identity", "identity-proof", 1)
        try filling.enter("identity")
        try filling.upload("address-proof", "address-proof", 2)
        try filling.enter("address-proof")
        #expect(Set(filling.form.missing(in: filling.answers).map(\.page)) == ["authority"])
        #expect(!(try filling.refused("authority", [:])).isEmpty)
    }

    @Test("asks somebody without a right for the reasons to weigh (policy 6.1(b)), and a claimant for the claim")
    func reasons() throws {
        var filling = try Filling("deceased")
        try filling.requester("relative")
        #expect(filling.form.page("reasons", given: filling.answers) != nil)
        #expect(filling.form.page("claim", given: filling.answers) == nil)
        try filling.enter("who", "capacity", "claimant")
        #expect(filling.form.page("reasons", given: filling.answers) == nil)
        #expect(filling.form.page("claim", given: filling.answers) != nil)
    }

    @Test("offers no capacity of the living form")
    func capacities() throws {
        let filling = try Filling("deceased")
        #expect(
            try filling.refused("who", ["capacity": ["patient"]]) == ["capacity": "Select in what capacity you ask"])
    }

    @Test("refuses a death before the birth or in the future")
    func death() throws {
        var filling = try Filling("deceased")
        try filling.requester("executor")
        try filling.rest()
        #expect(
            try filling.refused("death", Filling.date("date-of-death", "3", "7", "1949"))
                == ["date-of-death-day": "Date of death must be the same as or after 4 July 1949, the date of birth"])
        #expect(
            try filling.refused("death", Filling.date("date-of-death", "22", "11", "2026"))
                == ["date-of-death-day": "Date of death must be today or in the past"])
        #expect(try filling.refused("death", Filling.date("date-of-death", "21", "11", "2026")) == [:])
    }
}

@Suite("An answer")
struct AnswerTests {
    private func started() throws -> Filling {
        var filling = try Filling("living")
        try filling.requester("carer")
        try filling.rest()
        return filling
    }

    @Test("left empty is asked for in the words of its question, all of a page at once")
    func empty() throws {
        let filling = try started()
        #expect(
            try filling.refused("your-name", ["given-name": ["  "]])
                == ["given-name": "Enter your first name", "family-name": "Enter your last name"])
        #expect(
            try filling.refused("your-address", [:]).keys.sorted()
                == ["address-line-1", "address-postcode", "address-town"])
        #expect(
            try filling.refused("declaration", [:]) == ["declaration": "Confirm that what you have said is true"])
        #expect(try filling.refused("your-phone", [:]) == [:])
    }

    @Test(
        "that is a date is told what is wrong with it",
        arguments: [
            ("", "7", "1949", "day", "Date of birth must include a day"),
            ("4", "", "", "month", "Date of birth must include a month and year"),
            ("31", "2", "1949", "day", "Date of birth must be a real date"),
            ("4", "13", "1949", "day", "Date of birth must be a real date"),
            ("4", "Julember", "1949", "day", "Date of birth must be a real date"),
            ("4", "7", "49", "year", "Year must include 4 numbers"),
            ("4", "7", "2027", "day", "Date of birth must be today or in the past"),
        ])
    func date(day: String, month: String, year: String, part: String, message: String) throws {
        #expect(
            try started().refused("birth", Filling.date("date-of-birth", day, month, year))
                == ["date-of-birth-\(part)": message])
    }

    @Test("that is an NHS number is checked to its last digit, and kept without spaces")
    func nhsNumber() throws {
        var filling = try started()
        try filling.enter("knows-nhs-number", "knows-nhs-number", "yes")
        #expect(
            try filling.refused("nhs-number", ["nhs-number": ["999 004 1874"]])
                == ["nhs-number": "Enter a real NHS number. Check the numbers you typed"])
        #expect(
            try filling.refused("nhs-number", ["nhs-number": ["999 004"]])
                == ["nhs-number": "NHS number must be 10 numbers, like 999 123 4567"])
        try filling.enter("nhs-number", "nhs-number", "999-004 1873")
        #expect(filling.answers["nhs-number"] == NHSNumber("9990041873").map(Answer.nhsNumber))
    }

    @Test("of ten megabytes is refused by its length, and nothing is saved")
    func long() throws {
        let filling = try started()
        let name = String(repeating: "x", count: 10_000_000)
        #expect(
            try filling.refused("your-name", ["given-name": [name], "family-name": ["Rahman"]])
                == ["given-name": "First name must be 100 characters or less"])
        #expect(filling.answers["given-name"] == .text("Aisha"))
    }

    @Test("keeps letters of any script and emoji, and drops marks that turn text around")
    func scripts() throws {
        var filling = try started()
        try filling.enter("your-name", ["given-name": ["  عائشة 👩‍⚕️ "], "family-name": ["Rah\u{202E}man\u{0}"]])
        #expect(filling.answers["given-name"] == .text("عائشة 👩‍⚕️"))
        #expect(filling.answers["family-name"] == .text("Rahman"))
    }

    @Test("that is no choice of the question is no answer")
    func tamperedChoice() throws {
        let filling = try started()
        #expect(try filling.refused("who", ["capacity": ["administrator-of-everything"]]).keys.sorted() == ["capacity"])
        #expect(try filling.refused("record-types", ["record-types": ["secrets"]]).keys.sorted() == ["record-types"])
    }

    @Test("that is a phone number may be written as people write it")
    func phone() throws {
        let filling = try started()
        #expect(try filling.refused("your-phone", ["phone": ["+44 (0)7700 900-123"]]) == [:])
        #expect(!(try filling.refused("your-phone", ["phone": ["call me"]])).isEmpty)
        #expect(!(try filling.refused("your-phone", ["phone": ["123"]])).isEmpty)
    }

    @Test("of files takes no more than the policy allows, and only where files are asked for")
    func files() throws {
        var filling = try started()
        for number in 1...5 { try filling.upload("identity", "identity-proof", number) }
        #expect(throws: Problem.self) { try filling.upload("identity", "identity-proof", 6) }
        #expect(throws: Problem.notFound) { try filling.upload("identity", "given-name", 7) }
        for number in 1...5 {
            filling.answers = filling.form.detach(
                Filling.file(number).id, from: "identity-proof", in: filling.answers)
        }
        #expect(filling.answers["identity-proof"] == nil)
    }

    @Test("that uses the identity file for the address falls when that file goes")
    func reuse() throws {
        var filling = try started()
        #expect(!(try filling.refused("address-proof", ["address-proof-reuse": ["yes"]])).isEmpty)
        try filling.upload("identity", "identity-proof", 1)
        try filling.enter("address-proof", "address-proof-reuse", "yes")
        #expect(filling.answers["address-proof"] == .sameFiles(as: "identity-proof"))
        filling.answers = filling.form.detach(Filling.file(1).id, from: "identity-proof", in: filling.answers)
        #expect(filling.form.relevant(filling.answers)["address-proof"] == nil)
        #expect(filling.form.missing(in: filling.answers).contains { $0.page == "address-proof" })
    }
}
