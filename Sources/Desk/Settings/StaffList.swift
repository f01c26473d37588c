import Casework
import Hummingbird
import Rights
import Store
import Web

extension StaffPages {
    /// Everybody who works here, and a form to invite somebody.
    var listRoutes: [Route] {
        [
            .get(StaffPlace.list, .staff(.administer)) { visit in
                let everybody = try await staff.all(for: visit.staff)
                return visit.show(listPage(everybody, on: visit))
            },
            .get("/settings/staff/new", .staff(.administer)) { visit in visit.show(invitePage(Form(), on: visit)) },
            .post("/settings/staff/new", .staff(.administer)) { visit, form in
                let (details, read) = StaffForm.details(form, email: form.text("email"))
                guard read.isSound else {
                    // All faults at once: what a date lacks and what the accounts refuse.
                    return visit.show(invitePage(try await read.checking { try staff.check(details) }, on: visit))
                }
                let (id, tried) = try await read.trying { try await staff.invite(details, by: visit.staff) }
                guard id != nil else { return visit.show(invitePage(tried, on: visit)) }
                return visit.redirect(to: "/settings/staff?done=invited")
            },
        ]
    }

    private func listPage(_ everybody: [StoredStaff], on visit: StaffVisit) -> Page {
        let rows: [[HTML]] = everybody.map { person in
            [
                .link(person.name, to: "\(StaffPlace.list)/\(person.id)"), "\(person: person.email)",
                "\(staff.departments[person.department]?.label ?? person.department)",
                "\(person.roles.map { staff.roles[$0]?.label ?? $0 }.joined(separator: ", "))",
                standing(person, on: visit.today),
            ]
        }
        return Page(
            "Staff", current: StaffPlace.list,
            """
            \(HTML.twoThirds(done(visit.query("done"))))<h1>Staff</h1>\
            <p>\(HTML.buttonLink("Add somebody", to: "/settings/staff/new"))</p>\
            \(HTML.box(
                .responsiveTable(
                    .hidden("Staff"),
                    [Column("Name"), Column("Email"), Column("Department"), Column("Roles"), Column("Access")], rows)))\
            <p>\(HTML.link("Help a requester who has lost a phone or a device", to: StaffPlace.recovery))</p>
            """)
    }

    private func standing(_ person: StoredStaff, on today: Day) -> HTML {
        if person.isDeactivated { return "Deactivated" }
        if let end = person.endsOn, end < today { return "Ended on \(end.inWords)" }
        if !person.isSetUp { return "Not set up yet" }
        if let end = person.endsOn { return "Until \(end.inWords)" }
        return "Active"
    }

    private func done(_ word: String) -> HTML {
        switch word {
        case "invited":
            .successBanner(HTML.noticeHeading("We have sent them an email with a link to set up their account"))
        default: .empty
        }
    }

    private func invitePage(_ form: Form, on visit: StaffVisit) -> Page {
        Page(
            "Add somebody", back: Link("Staff", StaffPlace.list), current: StaffPlace.list, form: form,
            .twoThirds(
                """
                <h1>Add somebody</h1><p>We will send them an email with a link. It works for 3 days. They choose a \
                password and a second step themselves.</p>\
                \(visit.form(
                    to: "/settings/staff/new", again: form,
                    """
                    \(HTML.input(form["email"], label: "Email", kind: .email, autocomplete: "off", spellcheck: false))\
                    \(StaffForm.fields(form, roles: staff.roles, departments: staff.departments))\
                    \(HTML.button("Add and send the link"))
                    """))
                """))
    }
}

/// The fields about a member of staff that two pages share.
enum StaffForm {
    /// What was typed, and the form with what is wrong with its dates.
    static func details(_ form: Form, email: String) -> (details: StaffDetails, form: Form) {
        var form = form
        let details = StaffDetails(
            email: email, name: form.text("name"), department: form.text("department"), roles: form.values("roles"),
            endsOn: form.day("ends", called: "Last day", isRequired: false),
            dateOfBirth: form.day("born", called: "Date of birth", isRequired: false),
            nhsNumber: form.text("nhsNumber"))
        return (details, form)
    }

    /// The form with what is kept of somebody.
    static func form(_ person: StoredStaff) -> Form {
        var known = ["name": person.name, "department": person.department]
        known["nhsNumber"] = person.nhsNumber?.description
        for (name, day) in [("ends", person.endsOn), ("born", person.dateOfBirth)] {
            guard let parts = day?.parts else { continue }
            known["\(name)[day]"] = "\(parts.day)"
            known["\(name)[month]"] = "\(parts.month)"
            known["\(name)[year]"] = "\(parts.year)"
        }
        return Form(known)
    }

    static func fields(_ form: Form, roles: Catalogue<Role>, departments: Catalogue<Department>, held: [String] = [])
        -> HTML
    {
        var chosen = form["roles"]
        if chosen.values.isEmpty, form.isSound { chosen.values = held }
        return """
            \(HTML.input(form["name"], label: "Full name", autocomplete: "off"))\
            \(HTML.select(
                form["department"], label: "Department",
                [Choice("", "Select a department")] + departments.offered.map { Choice($0.code, $0.label) }))\
            \(HTML.checkboxes(
                chosen, legend: .small("Roles"), hint: "What they may do. Choose as few as they need.",
                roles.offered.map { Choice($0.code, $0.label) }))\
            \(HTML.dateInput(
                form.date("ends"), legend: .small("Last day (optional)"),
                hint: "For temporary staff. They cannot sign in after this day."))\
            \(HTML.dateInput(
                form.date("born"), legend: .small("Date of birth (optional)"),
                hint: "Used for one thing: nobody can open a case about themselves."))\
            \(HTML.input(
                form["nhsNumber"], label: "NHS number (optional)", hint: "Used for the same.", kind: .digits,
                width: .twenty, autocomplete: "off"))
            """
    }
}
