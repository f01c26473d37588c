import Web

/// The statement that the law asks of every public body, with the wording the regulations prescribe where they do
/// (Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018).
struct AccessibilityStatement {
    let branding: Branding

    var page: Page {
        Page(
            "Accessibility statement",
            .twoThirds(
                """
                <h1>Accessibility statement</h1>\
                <p>This statement is about \(branding.service), the website of \(branding.organisation) for asking for \
                health records. We want as many people as possible to be able to use it. You should be able to:</p>\
                <ul class="nhsuk-list nhsuk-list--bullet"><li>zoom in up to 400% without the text spilling off the \
                screen</li><li>use all of it with a keyboard alone</li><li>use all of it with a screen reader or with \
                speech recognition</li><li>use all of it with JavaScript turned off</li><li>change the spacing of the \
                text and the colours</li></ul>\
                <p><a href="https://mcmw.abilitynet.org.uk/">AbilityNet</a> has advice on making your device easier to \
                use if you have a disability.</p>\
                <h2>How accessible this website is</h2>\
                <p>Documents that you are given as a copy of a health record are shown as they were written or scanned. \
                Some of them cannot be read by a screen reader. Tell us, and we will give you the record in another \
                way.</p>\
                <h2>Feedback and contact information</h2>\
                <p>If you need a letter or form in large print, easy read, braille, as an audio recording or in another \
                language:</p>\(contact)\
                <p>We will think about your request and get back to you within 10 working days.</p>\
                <h2>Reporting accessibility problems with this website</h2>\
                <p>If you find a problem that is not listed here, or think that we do not meet the accessibility \
                regulations, contact us in the same way.</p>\
                <h2>Enforcement procedure</h2>\
                <p>The Equality and Human Rights Commission (EHRC) is responsible for enforcing the Public Sector Bodies \
                (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 (the “accessibility \
                regulations”). If you are not happy with how we respond to your complaint, \
                <a href="https://www.equalityadvisoryservice.com/">contact the Equality Advisory and Support Service \
                (EASS)</a>.</p>\
                <h2>Technical information about this website’s accessibility</h2>\
                <p>\(branding.organisation) is committed to making its website accessible, in accordance with the Public \
                Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018.</p>\
                <h3>Compliance status</h3>\
                <p>This website is partially compliant with the \
                <a href="https://www.w3.org/TR/WCAG22/">Web Content Accessibility Guidelines version 2.2</a> AA standard, \
                because of the content listed below, which is outside the scope of the regulations or has not been \
                checked by people who use assistive technologies.</p>\
                <h2>Content that’s not within the scope of the accessibility regulations</h2>\
                <p>Copies of health records are historical documents. The regulations do not ask for them to be changed, \
                but we will give you the record in another way if you ask.</p>\
                <h2>Preparation of this accessibility statement</h2>\
                <p>This statement was prepared on 22 November 2026. It was last reviewed on 22 November 2026.</p>\
                <p>Every page is tested by machine, at two widths, with a keyboard alone and without JavaScript, each \
                time the website is changed. It has not yet been tested by people who use assistive technologies.</p>
                """))
    }

    private var contact: HTML {
        let contact = branding.contact
        return """
            <ul class="nhsuk-list"><li>email <a href="mailto:\(contact.email)">\(contact.email)</a></li>\
            <li>call \(HTML.unbroken(contact.telephone))</li></ul>
            """
    }
}
