import HTTPTypes
import Rights
import Store

/// A form that could not be taken as it came, with everything in it: it is shown again so that nothing typed is lost.
struct HeldForm: Error {
    enum Cause: Hashable {
        /// Its token belongs to another session: somebody signed in again, or the page was open for very long.
        case stale
        /// The session ended while the form was filled in.
        case signedOut
        /// A field held more than any answer can.
        case tooLong
        /// The trust's disk is full: nothing of what the form was to change was kept.
        case noRoom
        /// The database did not do it, and may in a minute: nothing of what the form was to change was kept.
        case notNow
        /// The database went away while it was being kept.
        case inDoubt
    }

    let fields: FormFields
    let cause: Cause

    init(_ fields: FormFields, because cause: Cause) {
        self.fields = fields
        self.cause = cause
    }

    /// The form whose act the store did not keep, or nothing where sending it again is no help.
    init?(_ fields: FormFields, after error: StoreError) {
        switch error.hope {
        case .whenThereIsRoom: self.init(fields, because: .noRoom)
        case .soon: self.init(fields, because: .notNow)
        case .inDoubt: self.init(fields, because: .inDoubt)
        case .none: return nil
        }
    }

    /// Passwords and codes are never sent back to a browser; without them the form cannot be sent again from here.
    private var hasSecrets: Bool {
        fields.names.contains { name in
            ["password", "code", "pin"].contains { name.lowercased().contains($0) }
        }
    }

    /// The page that holds the answers.
    func page(for visit: Visit) -> Page {
        switch cause {
        case .stale:
            Page(
                "Send your answers again", status: .forbidden,
                .twoThirds(
                    """
                    <h1>Send your answers again</h1>\
                    <p>This page was open for a long time, or you signed in again since you opened it. To keep your \
                    account safe we have not used your answers yet.</p>\(resend(visit))
                    """))
        case .signedOut:
            Page(
                "You were signed out", status: .forbidden,
                .twoThirds(
                    """
                    <h1>You were signed out</h1>\
                    <p>We signed you out to keep your account safe. Nothing has been sent yet.</p>\
                    <p><a href="\(visit.site.paths.signIn)" target="_blank" rel="noopener">Sign in again in a new \
                    tab</a>, then come back to this page.</p>\(resend(visit))
                    """))
        case .tooLong:
            Page(
                "Your answer is too long", status: .unprocessableContent,
                .twoThirds(
                    """
                    <h1>Your answer is too long</h1>\
                    <p>We kept the first part of it. Shorten it, then send your answers. If you have more to say, \
                    upload it as a document.</p>\(resend(visit))
                    """))
        case .noRoom:
            Page(
                "We could not save this", status: .serviceUnavailable,
                .twoThirds(
                    """
                    <h1>We could not save this</h1>\
                    <p>There is no room left on our side. It is not your fault, and what was saved before is still \
                    there. Wait a few minutes, then try again.</p>\(resend(visit))
                    """))
        case .notNow:
            Page(
                "We could not save this", status: .serviceUnavailable,
                .twoThirds(
                    """
                    <h1>We could not save this</h1>\
                    <p>Our database is not answering. It is not your fault, and what was saved before is still there. \
                    Wait a few minutes, then try again.</p>\(resend(visit))
                    """))
        case .inDoubt:
            Page(
                "We do not know whether this was saved", status: .serviceUnavailable,
                .twoThirds(
                    """
                    <h1>We do not know whether this was saved</h1>\
                    <p>Our database went away while we were saving it. It is not your fault, and what was saved before \
                    is still there.</p><p>Look in another tab whether it is there. If it is not, send it again. It is \
                    the same form, so it will not be there twice.</p>\(resend(visit))
                    """))
        }
    }

    private func resend(_ visit: Visit) -> HTML {
        guard !hasSecrets else {
            return """
                <p>Go back to the page before, refresh it, and fill it in again. We never keep passwords or codes, \
                so we cannot fill them in for you.</p>
                """
        }
        let own = [FormToken.field, FormToken.onceField]
        let held = fields.names.filter { !own.contains($0) && !fields.tooLong.contains($0) }
        let long = fields.names.filter { fields.tooLong.contains($0) }
        return """
            <p>Everything \("else ", when: !long.isEmpty)you typed is still here.</p>\
            \(visit.form(
                to: visit.path, again: Form(fields),
                """
                \(each: held, { name in "\(each: fields.values[name] ?? [], { hidden(name, $0) })" })\
                \(each: long, { textarea($0) })\(HTML.button("Send again"))
                """))
            """
    }

    private func textarea(_ name: String) -> HTML {
        // A field's name is no label, and what the page called it is not known here.
        let start = String((fields.values[name]?.first ?? "").prefix(10_000))
        return .textarea(
            Field(name, start, problem: "Your answer must be shorter"), label: .medium("Shorten this answer"), rows: 10)
    }

    private func hidden(_ name: String, _ value: String) -> HTML {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }
}
