import Casework
import Rights
import Web

/// The pages that anybody may read before they have an account (S1-04 to S1-06).
struct Landing {
    /// The three entries of the guide's landing page.
    static let entries = [
        Link("Summary", "/"), Link("How to make a request", Place.howTo), Link("Get Started Online", Place.getStarted),
    ]

    let trust: String
    let service: String
    /// The trust's own text.
    let text: FilledMarkdown

    /// `Summary`, the first thing a visitor sees.
    func summary() -> Page {
        Page(
            service,
            .twoThirds(
                """
                <h1>\(trust)</h1><p class="app-lede">\(service)</p>\(entries(current: "/"))\
                <h2>Summary</h2>\(HTML.wording(text))\(start)
                """,
                beside: benefits))
    }

    func howTo() -> Page {
        Page(
            "How to make a request",
            .twoThirds(
                """
                <h1><span class="nhsuk-caption-l">\(trust) </span>How to make a request</h1>\
                \(entries(current: Place.howTo))\(HTML.wording(text))\(start)
                """,
                beside: benefits))
    }

    private func entries(current: String) -> HTML {
        .subnav(label: "About this service", Landing.entries, current: current)
    }

    private var start: HTML {
        """
        <div>\(HTML.buttonLink("Get Started Online", to: Place.getStarted))</div>\
        <p>Already have an account? <a href="/Account/Login">Login</a></p>
        """
    }

    /// What the guide lists beside its form (S1-10).
    private var benefits: HTML {
        .featureCard(
            "With an account",
            """
            <ul class="nhsuk-list nhsuk-list--bullet"><li>Submit online</li><li>Track Progress</li>\
            <li>Secure Communication</li><li>Instant Reference</li><li>Download Requested Files</li></ul>
            """)
    }
}

/// The choice between an account that is there and a new one (S1-06).
enum GetStarted {
    static func page(isSignedIn: Bool) -> Page {
        let doors: HTML =
            isSignedIn
            ? "<p>You are signed in.</p>\(HTML.buttonLink("Go to your home page", to: Place.home))"
            : """
            <div>\(HTML.buttonLink("Login", to: "/Account/Login"))</div>\
            <p><a href="\(Place.register)">Don’t have an account? Sign up</a></p>\
            <p>You only need an email address and a password to set up an account.</p>
            """
        return Page(
            "Get Started Online", back: Link("Back", "/"),
            .twoThirds(
                """
                <h1>Get Started Online</h1>\(doors)\
                <h2>What you will need</h2><p>Have a photo or scan ready of:</p>\
                <ul class="nhsuk-list nhsuk-list--bullet"><li>proof of your identity, such as a passport or driving \
                licence</li><li>proof of your address, such as a council tax bill or bank statement</li>\
                <li>the signed consent of the patient, or proof that you may act for them, if you ask for somebody \
                else’s records</li></ul>\
                <p>You can stop at any time. We keep your answers, and you can go on another day.</p>\
                <p><a href="/help">Help with using this service</a></p>
                """))
    }
}
