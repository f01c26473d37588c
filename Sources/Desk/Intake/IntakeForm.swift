import Rights
import Web

/// What staff are asked when they log a request that came by letter, email or fax (S2-062 to S2-069; S1-70).
struct IntakeForm {
    let policy: Policy
    let today: Day

    static func start(on today: Day) -> Form {
        var form = Form(["channel": Channel.letter.rawValue])
        form.set("received-on", to: today)
        return form
    }

    func fields(_ form: Form) -> HTML {
        """
        \(.section("The request", id: "request", request(form)))\
        \(.pair(
            .section("The patient", id: "patient", patient(form)),
            .section("Who asks", id: "requester", requester(form))))\
        \(.section("What is asked for", id: "wanted", wanted(form)))
        """
    }

    private func request(_ form: Form) -> HTML {
        return """
            \(.radios(
                form["channel"], legend: .small("How did it come?"), isInline: true,
                channels(.accepted).map { Choice($0.rawValue, $0.label) }))\
            \(.dateInput(
                form.date("received-on"), legend: .small("When did it reach the trust?"),
                hint: "By any door: the ward, the post room, an email. Not the day on which you log it."))\
            \(.radios(
                form["application-type"], legend: .small("What kind of request is it?"),
                policy.applicationTypes.offered.map { Choice($0.code, $0.label) }))
            """
    }

    private func channels(_ acceptance: Channel.Acceptance) -> [Channel] {
        Channel.allCases.filter { $0 != .portal && policy.channels[$0] == acceptance }
    }

    /// What to do with what is no request under the policy (S2-062, S2-063).
    var adviceNote: HTML {
        let others = channels(.advice).map { $0.label.lowercased() }
        guard !others.isEmpty else { return .empty }
        return .insetText(
            """
            <p>A request by \(inWords(others)) is not accepted. \(.link("Log it as advice", to: Place.advice)) and send \
            the form instead.</p>
            """)
    }

    private func patient(_ form: Form) -> HTML {
        """
        \(.input(form["subject-given-name"], label: .small("First names"), autocomplete: "off"))\
        \(.input(form["subject-family-name"], label: .small("Last name"), autocomplete: "off"))\
        \(.input(form["former-names"], label: .small("Former names (optional)"), autocomplete: "off"))\
        \(.dateInput(form.date("date-of-birth"), legend: .small("Date of birth (optional)")))\
        \(.dateInput(form.date("date-of-death"), legend: .small("Date of death, if the patient has died")))\
        \(.input(
            form["nhs-number"], label: .small("NHS number (optional)"), hint: "10 digits, such as 999 123 4567",
            kind: .digits, width: .twenty, autocomplete: "off"))\
        \(.input(form["hospital-number"], label: .small("Hospital number (optional)"), width: .twenty, autocomplete: "off"))\
        \(.textarea(form["subject-address"], label: .small("Address (optional)"), rows: 3, autocomplete: "off"))
        """
    }

    private func requester(_ form: Form) -> HTML {
        let capacities = Regime.allCases.flatMap { policy.capacities(in: $0) }.reduce(into: [Capacity]()) {
            list, next in
            if !list.contains(where: { $0.code == next.code }) { list.append(next) }
        }
        return """
            \(.select(
                form["capacity"], label: .small("In what capacity?"),
                [Choice("", "Choose")] + capacities.map { Choice($0.code, $0.name) }))\
            <p>If the patient asks, you can leave the name empty.</p>\
            \(.input(form["requester-given-name"], label: .small("First names"), autocomplete: "off"))\
            \(.input(form["requester-family-name"], label: .small("Last name"), autocomplete: "off"))\
            \(.input(form["organisation"], label: .small("Organisation (optional)"), autocomplete: "off"))\
            \(.input(form["their-reference"], label: .small("Their reference (optional)"), autocomplete: "off"))\
            \(.input(form["email"], label: .small("Email (optional)"), kind: .email, autocomplete: "off"))\
            \(.input(form["phone"], label: .small("Telephone (optional)"), kind: .telephone, autocomplete: "off"))\
            \(.textarea(form["requester-address"], label: .small("Address (optional)"), rows: 3, autocomplete: "off"))
            """
    }

    private func wanted(_ form: Form) -> HTML {
        """
        \(.textarea(form["scope"], label: .small("What is asked for, in the requester's words")))\
        \(.dateInput(form.date("from"), legend: .small("Records from (optional)")))\
        \(.dateInput(form.date("to"), legend: .small("Records to (optional)")))\
        \(.input(form["format"], label: .small("Format wanted (optional)"), hint: "Such as paper copies by post"))\
        \(.input(form["adjustments"], label: .small("Adjustments asked for (optional)"), hint: "Such as large print"))\
        \(.input(form["urgency"], label: .small("Why is it urgent? (optional)"), hint: "Such as treatment or a hearing"))
        """
    }

    /// Reads the request and notes what cannot be read.
    func request(from form: inout Form) -> NewRequest {
        let channel = Channel(rawValue: form.text("channel"))
        if channel == nil || channel == .portal { form.add("Choose how it came.", to: "channel") }
        let received = form.day("received-on", called: "Date it reached the trust") ?? today
        let capacity = form.text("capacity")
        let subject = subject(from: &form)
        var name = PersonName(given: form.text("requester-given-name"), family: form.text("requester-family-name"))
        if name.full.isEmpty, policy.capacities[capacity]?.isPatient == true { name = subject.name }
        let from = form.day("from", called: "The first date of the records", isRequired: false)
        let to = form.day("to", called: "The last date of the records", isRequired: false)
        return NewRequest(
            applicationType: form.text("application-type"), channel: channel ?? .letter, receivedOn: received,
            requester: Requester(
                name: name, organisation: form.optional("organisation"), email: form.optional("email"),
                phone: form.optional("phone"), address: form.optional("requester-address"), capacity: capacity,
                theirReference: form.optional("their-reference")),
            subject: subject,
            scope: Scope(description: form.text("scope"), from: from, to: to, format: form.optional("format")),
            adjustments: form.optional("adjustments"), urgency: form.optional("urgency"))
    }

    private func subject(from form: inout Form) -> Subject {
        let born = form.day("date-of-birth", called: "Date of birth", isRequired: false)
        let died = form.day("date-of-death", called: "Date of death", isRequired: false)
        let typed = form.text("nhs-number")
        let number = NHSNumber(typed)
        if !typed.isEmpty, number == nil {
            form.add("Enter an NHS number of 10 digits, such as 999 123 4567. Check it for slips.", to: "nhs-number")
        }
        return Subject(
            name: PersonName(given: form.text("subject-given-name"), family: form.text("subject-family-name")),
            formerNames: form.optional("former-names"), dateOfBirth: born, nhsNumber: number,
            hospitalNumber: form.optional("hospital-number"), address: form.optional("subject-address"),
            dateOfDeath: died)
    }
}
