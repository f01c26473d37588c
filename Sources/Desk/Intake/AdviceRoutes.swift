import Casework
import Hummingbird
import Rights
import Store
import Web

extension Desk {
    /// Calls and messages that are no requests under the policy.
    var adviceRoutes: [Route] {
        [
            .get(Place.advice, .staff(.logRequest)) { visit in
                visit.show(try await advicePage(AdviceForm.start(on: visit.today), for: visit, isFirst: true))
            },
            .post(Place.advice, .staff(.logRequest)) { visit, form in try await takeAdvice(form, for: visit) },
        ]
    }

    private func takeAdvice(_ typed: Form, for visit: StaffVisit) async throws -> Response {
        var form = typed
        let advice = AdviceForm.read(&form, on: visit.today)
        do {
            // What cannot be read and what the rules say against the rest are told together.
            if let advice, form.isSound, let id = LoggedAdvice.ID(form.submission(visit).text) {
                try await casework.log(advice, as: id, by: visit.staff)
                return visit.redirect(to: "\(Place.advice)?done=\(Done.advised.rawValue)")
            }
        } catch Problem.refused(let reasons) {
            form = form.refused(reasons)
        }
        return visit.show(try await advicePage(form, for: visit, isFirst: false))
    }

    private func advicePage(_ form: Form, for visit: StaffVisit, isFirst: Bool) async throws -> Page {
        let known = try await casework.store.read { try $0.advice(limit: AdviceForm.most) }
        return Page(
            "Advice given", trail: [Link("Today", Place.today), Link("New request", Place.intake)],
            current: Place.intake, form: isFirst ? nil : form,
            """
            \(Done.banner(visit))\(.heading("Advice given", caption: "Calls and messages that are no requests"))\
            \(.twoThirds(.box(visit.form(
                to: Place.advice, again: isFirst ? nil : form,
                "\(AdviceForm.fields(form, under: casework.policies.current))\(.button("Log the advice"))"))))\
            \(.section("Logged before", id: "logged", AdviceForm.table(known)))
            """)
    }
}

/// What is asked about a call or message that is no request.
enum AdviceForm {
    /// How many lines of the log are shown.
    static let most = 50

    static func start(on today: Day) -> Form {
        var form = Form(["channel": Channel.telephone.rawValue])
        form.set("on", to: today)
        return form
    }

    static func fields(_ form: Form, under policy: Policy) -> HTML {
        let channels = Channel.allCases.filter { policy.channels[$0] == .advice }
        return """
            <p>No time limit starts. Send the form, so that a request can follow.</p>\
            \(.radios(
                form["channel"], legend: .small("How did it come?"), isInline: true,
                channels.map { Choice($0.rawValue, $0.label) }))\
            \(.dateInput(form.date("on"), legend: .small("When?")))\
            \(.input(form["caller"], label: .small("Who asked? (optional)"), autocomplete: "off"))\
            \(.textarea(form["asked"], label: .small("What did they want?"), rows: 3))\
            \(.textarea(form["given"], label: .small("What did you tell them?"), rows: 3))\
            \(.radios(
                form["form-sent"], legend: .small("Did they get the form?"),
                Advice.FormSent.allCases.map { Choice($0.rawValue, $0.label) }))
            """
    }

    /// Reads the advice and notes what cannot be read; nothing where too little was given.
    static func read(_ form: inout Form, on today: Day) -> Advice? {
        let channel = Channel(rawValue: form.text("channel"))
        if channel == nil { form.add("Choose how it came.", to: "channel") }
        let day = form.day("on", called: "Date")
        let asked = form.required("asked", "Enter what was asked.")
        let given = form.required("given", "Enter what you told them.")
        let sent = Advice.FormSent(rawValue: form.text("form-sent"))
        if sent == nil { form.add("Say whether they got the form.", to: "form-sent") }
        guard let channel, let day, let sent else { return nil }
        return Advice(
            channel: channel, on: day, caller: form.text("caller"), asked: asked, given: given, formSent: sent)
    }

    static func table(_ known: [LoggedAdvice]) -> HTML {
        guard !known.isEmpty else { return "<p>Nothing has been logged.</p>" }
        return .responsiveTable(
            .hidden("Advice logged before"),
            [Column("When"), Column("Who asked"), Column("Asked"), Column("Told"), Column("Form"), Column("By")],
            known.map { logged in
                let advice = logged.advice
                return [
                    "\(advice.on.inWords), \(advice.channel.label.lowercased())",
                    advice.caller.isEmpty ? "Not said" : "\(person: advice.caller)", .paragraphs(advice.asked),
                    .paragraphs(advice.given), "\(advice.formSent.label)", "\(person: logged.staff)",
                ]
            })
    }
}
