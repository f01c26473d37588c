import Casework
import Hummingbird
import Rights
import Web

extension StaffPages {
    /// The pages behind an invitation and behind the first administrator's link: a password, a second step, and a
    /// code that proves it.
    var setUpRoutes: [Route] {
        [
            .get("/sign-in/set-up/:link", .anyone) { visit in
                try await atLink(on: visit) { link in try await stagePage(Form(), link, on: visit) }
            },
            .post("/sign-in/set-up/:link", .anyone) { visit, form in
                try await atLink(on: visit) { link in
                    let factor: FactorChoice =
                        form.text("factor") == "text" ? .text(phone: form.text("phone")) : .app
                    var form = form
                    _ = form.choice("factor", among: ["app", "text"], "Select how you want to get your codes")
                    guard form.isSound else { return try await stagePage(form, link, on: visit) }
                    let tried = try await form.checking {
                        try await staff.choose(
                            password: form.exact("password"), again: form.exact("confirm"), factor: factor,
                            through: link)
                    }
                    guard tried.isSound else { return try await stagePage(tried, link, on: visit) }
                    return visit.redirect(to: setUp(link))
                }
            },
            .post("/sign-in/set-up/:link/code", .anyone) { visit, form in
                try await atLink(on: visit) { link in
                    let (device, tried) = try await form.trying {
                        try await staff.finishSetUp(code: form.text("code"), through: link, browser: visit.browser)
                    }
                    guard let device else { return try await stagePage(tried, link, on: visit) }
                    return visit.redirect(to: "/sign-in/complete").remembering(device, on: visit)
                }
            },
            .post("/sign-in/set-up/:link/again", .anyone) { visit, form in
                try await atLink(on: visit) { link in
                    let tried = try await form.checking { try await staff.sendSetUpCodeAgain(through: link) }
                    return try await stagePage(tried, link, on: visit)
                }
            },
            .post("/sign-in/set-up/:link/back", .anyone) { visit, _ in
                try await atLink(on: visit) { link in
                    try await staff.chooseAgain(through: link)
                    return visit.redirect(to: setUp(link))
                }
            },
            .get("/sign-in/complete", .anyone) { visit in visit.show(completePage) },
        ]
    }

    private func setUp(_ link: Token) -> LocalPath { LocalPath(stringLiteral: "/sign-in/set-up/\(link.text)") }

    /// Runs what a page behind a link does; the page of a link that cannot be used is the same for all.
    private func atLink(on visit: Visit, _ body: (Token) async throws -> Response) async throws -> Response {
        guard let link = Token(visit.parameter("link")) else { return visit.show(badLink(.unknown)) }
        let standing = try await staff.standing(of: link)
        guard case .good = standing else { return visit.show(badLink(standing)) }
        return try await body(link)
    }

    private func badLink(_ standing: LinkStanding) -> Page {
        Page(
            "This link cannot be used", status: .gone,
            .twoThirds(
                """
                <h1>This link cannot be used</h1><p>\(standing.reason?.text ?? "")</p>\
                <p>If you have set up your account, \(HTML.link("sign in", to: StaffPlace.signIn)). If not, ask an \
                administrator to send you a new link.</p>
                """))
    }

    private func stagePage(_ form: Form, _ link: Token, on visit: Visit) async throws -> Response {
        switch try await staff.setUpStage(of: link) {
        case .choose(let email): visit.show(choosePage(form, link, email, on: visit))
        case .app(_, let codes, let address): visit.show(appPage(form, link, codes, address, on: visit))
        case .text(_, let phone): visit.show(textPage(form, link, phone, on: visit))
        }
    }

    private func choosePage(_ form: Form, _ link: Token, _ email: String, on visit: Visit) -> Page {
        let phone = HTML.input(
            form["phone"], label: "Mobile number", kind: .telephone, width: .twenty, autocomplete: "tel")
        return Page(
            "Set up your account", form: form,
            .twoThirds(
                """
                <h1>Set up your account</h1><p>For <strong>\(person: email)</strong></p>\
                \(visit.form(
                    to: setUp(link).text, again: form,
                    """
                    <input type="hidden" name="username" value="\(email)" autocomplete="username">\
                    \(HTML.newPassword(
                        form, rule: staff.entrance.passwordRules.inWords, label: "Password", again: "Confirm Password"))\
                    \(HTML.radios(
                        form["factor"], legend: .medium("How do you want to get your security codes?"),
                        hint: "You need a code each time you sign in.",
                        [
                            Choice(
                                "app", "With an authenticator app",
                                hint: "On your phone or computer. It works without a signal."),
                            Choice("text", "By text message", reveals: phone),
                        ]))\
                    \(HTML.button("Continue"))
                    """))
                """))
    }

    private func appPage(_ form: Form, _ link: Token, _ codes: TimeCodes, _ address: String, on visit: Visit) -> Page {
        Page(
            "Add your account to your app", form: form,
            .twoThirds(
                """
                <h1>Add your account to your app</h1><ol class="nhsuk-list nhsuk-list--number">\
                <li>Open your authenticator app and add an account.</li>\
                <li>Choose to enter a key by hand, and enter this one: \
                <strong>\(codes.secretInWords)</strong></li>\
                <li>If the app is on this device, you can instead \(HTML.link("open it with the key", to: address)).</li>\
                <li>Enter the 6 digits that the app shows.</li></ol>\
                <p>Do not show the key to anybody. We show it only now.</p>\
                \(codeForm(form, link, on: visit))\(backForm("Choose something else", link, on: visit))
                """))
    }

    private func textPage(_ form: Form, _ link: Token, _ phone: String, on visit: Visit) -> Page {
        Page(
            "Confirm your mobile number", form: form,
            .twoThirds(
                """
                <h1>Confirm your mobile number</h1><p>We have sent a code of 6 digits to the number \(phone). It works \
                for \(SecurityCode.lifetime / 60) minutes.</p>\(codeForm(form, link, on: visit))\
                \(HTML.details(
                    "Not received a text message?",
                    visit.form(
                        to: "\(setUp(link).text)/again", HTML.button("Send another code", .secondary))))\
                \(backForm("Choose another number or an app", link, on: visit))
                """))
    }

    private func codeForm(_ form: Form, _ link: Token, on visit: Visit) -> HTML {
        visit.form(
            to: "\(setUp(link).text)/code", again: form,
            "\(HTML.codeInput(form.blank("code"), label: "Security code"))\(HTML.button("Finish"))")
    }

    private func backForm(_ text: String, _ link: Token, on visit: Visit) -> HTML {
        visit.form(to: "\(setUp(link).text)/back", HTML.button(text, .secondary, isSmall: true))
    }

    private var completePage: Page {
        Page(
            "Your account is ready",
            .twoThirds(
                """
                \(HTML.panel("Your account is ready", "You need your password and a code each time you sign in"))\
                <p>\(HTML.link("Sign in", to: StaffPlace.signIn))</p>
                """))
    }
}
