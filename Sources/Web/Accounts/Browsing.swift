import Casework
import HTTPTypes
import Hummingbird
import Rights

extension CookieName {
    /// Tells the throttle that somebody signed in from this browser before; it opens nothing.
    package static let knownDevice = CookieName("device")
    /// A sign-in whose password was right and whose code is awaited.
    package static let signInStep = CookieName("step")
}

extension Visiting {
    /// Who stands at the door, as far as this visit tells.
    package var browser: Browser {
        Browser(
            address: visit.address, userAgent: visit.request.headers[.userAgent] ?? "",
            knownDevice: cookie(.knownDevice).flatMap { Token($0) }, session: sessionToken.flatMap { Token($0) })
    }

    /// The sign-in that waits for its code, if there is one.
    package var signInStep: Token? { cookie(.signInStep).flatMap { Token($0) } }

    /// An instant for people: `2 March 2026 at 9:30am`.
    package func inWords(_ moment: Moment) -> String {
        "\(site.surroundings.day(moment).inWords) at \(site.surroundings.timeOfDay(moment))"
    }
}

extension Response {
    /// The same answer with the cookies of somebody who has just signed in.
    package func signingIn(_ session: NewSession, on visit: some Visiting) -> Response {
        var response = startingSession(
            session.token.text, keepFor: session.keptUntil.map { $0 - visit.now }, on: visit)
        response.endCookie(.signInStep, on: visit)
        return response.remembering(session.knownDevice, on: visit)
    }

    /// The same answer with the cookie of a browser that proved itself to be an owner's.
    package func remembering(_ device: Token, on visit: some Visiting) -> Response {
        var response = self
        response.setCookie(.knownDevice, device.text, keepFor: 180 * 24 * 3600, on: visit)
        return response
    }

    /// The same answer with the cookie of a sign-in that waits for its code.
    package func awaitingCode(_ step: Token, until: Moment, on visit: some Visiting) -> Response {
        var response = self
        response.setCookie(.signInStep, step.text, keepFor: until - visit.now, on: visit)
        return response
    }
}

extension Form {
    /// Runs something that may refuse what was typed.
    ///
    /// - Returns: what it came to, or nothing where it was refused; and the form with the reasons beside their fields.
    /// - Throws: everything but `Problem.refused`.
    package func trying<T>(_ body: () async throws -> T) async throws -> (done: T?, form: Form) {
        do {
            return (try await body(), self)
        } catch Problem.refused(let reasons) {
            return (nil, refused(reasons))
        }
    }

    /// The same for what comes to nothing: the form is sound where it was done.
    package func checking(_ body: () async throws -> Void) async throws -> Form {
        do {
            try await body()
            return self
        } catch Problem.refused(let reasons) {
            return refused(reasons)
        }
    }
}

extension HTML {
    /// The field for a security code of six digits.
    package static func codeInput(_ field: Field, label: Label, hint: HTML? = nil) -> HTML {
        input(
            field, label: label, hint: hint, kind: .digits, width: .five, autocomplete: "one-time-code",
            spellcheck: false)
    }

    /// Where the code that a sign-in waits for comes from.
    package static func awaitedCode(_ awaited: AwaitedCode) -> HTML {
        switch awaited {
        case .text(isDelayed: false):
            """
            <p>We have sent a code of 6 digits to your mobile phone. It works for \(SecurityCode.lifetime / 60) minutes.</p>
            """
        case .text(isDelayed: true):
            warningCallout(
                "Text messages are late",
                """
                <p>We could not send your security code yet. We keep trying. If it does not arrive in 10 minutes, sign \
                in again later.</p>
                """)
        case .app: "<p>Open your authenticator app and enter the 6 digits it shows.</p>"
        }
    }

    /// The two fields of a new password, with the rule before anybody types.
    package static func newPassword(_ form: Form, rule: String, label: Label, again: Label) -> HTML {
        """
        \(passwordInput(form.blank("password"), label: label, hint: "\(rule)", autocomplete: "new-password"))\
        \(passwordInput(form.blank("confirm"), label: again, autocomplete: "new-password"))
        """
    }
}
