import Rights
import Web

/// How to reach the people behind the site.
struct ContactPage {
    let contact: Branding.Contact
    /// The trust's own words.
    let text: FilledMarkdown

    var page: Page {
        Page(
            "Contact us",
            .twoThirds(
                """
                <h1>Contact us</h1>\(HTML.wording(text))\
                \(HTML.summaryList([
                    SummaryRow("Department", "\(contact.department)"),
                    SummaryRow("Email", "<a href=\"mailto:\(contact.email)\">\(contact.email)</a>"),
                    SummaryRow("Telephone", .unbroken(contact.telephone)),
                    SummaryRow("Address", "\(each: contact.address.enumerated(), { "\("<br>", when: $0 > 0)\($1)" })"),
                ]))\
                <p>If you have an account, the safest way to write to us about a request is a message on the request’s \
                own page.</p>
                """))
    }
}

/// Which cookies the site sets. All are needed, so nobody is asked.
struct CookiesPage {
    /// What begins the name of every cookie of this site.
    let prefix: String

    var page: Page {
        Page(
            "Cookies",
            .twoThirds(
                """
                <h1>Cookies</h1><p>Cookies are small files that a website keeps on your device. We only use cookies \
                that this service cannot work without. We do not measure what you do, and no other company gets \
                anything from us.</p>\
                \(HTML.responsiveTable(
                    .hidden("Cookies that this service sets"),
                    [Column("Name"), Column("What it is for"), Column("When it ends")], rows))
                """))
    }

    private var rows: [[HTML]] {
        [
            [
                "\(prefix)visit", "Proves that a form you send was opened in your browser",
                "When you close your browser",
            ],
            [
                "\(prefix)session", "Keeps you signed in",
                "When you log out or close your browser, or after a month if you chose “Keep me logged in”",
            ],
            [
                "\(prefix)device",
                "Tells us that you have signed in from this device before, so that somebody else’s wrong passwords "
                    + "cannot lock you out", "After 6 months",
            ],
        ]
    }
}

/// What people ask most.
struct HelpPage {
    let branding: Branding

    var page: Page {
        Page(
            "Help",
            .twoThirds(
                """
                <h1>Help with using this service</h1>\
                \(HTML.details("I did not get the email with the link", """
                    <p>It can take a few minutes. Look in your spam or junk folder for an email from “Sars No Reply”. \
                    If it is not there, <a href="\(Place.register)">enter your email address again</a> and we will \
                    send a new link.</p>
                    """))\
                \(HTML.details("I forgot my password", """
                    <p>On the <a href="/Account/Login">Login</a> page choose “Forgotten your password?”. We will send \
                    you a link to set a new one. We never ask for your password in an email or on the telephone.</p>
                    """))\
                \(HTML.details("I cannot take a photo of a document or scan it", """
                    <p>\(HTML.link("Contact us", to: "/contact")). You can post copies, or bring the documents, and we \
                    will do the rest.</p>
                    """))\
                \(HTML.details("I ask for somebody else’s records", """
                    <p>You need the patient’s signed consent, or proof that you may act for them. You can \
                    \(HTML.link("print the consent form", to: "/consent-form")) and have it signed.</p>
                    """))\
                \(HTML.details("How long it takes, and what a stopped clock means", """
                    <p>We count the days from when we have everything that we need. If we ask you a question, the days \
                    may stop until you answer. The page of your request says by when we will reply and, while the days \
                    are stopped, why and whose turn it is.</p>
                    """))\
                \(HTML.details("I need large print, another language or somebody to help me", """
                    <p>\(HTML.link("Contact us", to: "/contact")). The form also asks whether you need anything like \
                    this, and we will remember it for your request.</p>
                    """))\
                \(HTML.details("My files can no longer be downloaded", """
                    <p>Files stay for a set time after we send them. Write to us on the page of the request and we \
                    will make them available again.</p>
                    """))\
                <h2>Contact us</h2><p>Call \(HTML.unbroken(branding.contact.telephone)) or email \
                <a href="mailto:\(branding.contact.email)">\(branding.contact.email)</a>.</p>
                """))
    }
}
