import Casework
import Hummingbird
import Rights
import Web

extension Portal {
    /// What anybody may read.
    var publicRoutes: [Route] {
        [
            .get("/", .anyone) { visit in try visit.show(landing(.summary, on: visit).summary()) },
            .get("\(Place.howTo)", .anyone) { visit in try visit.show(landing(.howToMakeARequest, on: visit).howTo()) },
            .get("\(Place.getStarted)", .anyone) { visit in
                visit.show(GetStarted.page(isSignedIn: visit.visitor != nil))
            },
            .get("/privacy", .anyone) { visit in try visit.show(own(.privacyNotice)) },
            .get("/consent-form", .anyone) { visit in try visit.show(own(.consentForm)) },
            .get("/contact", .anyone) { visit in
                visit.show(ContactPage(contact: visit.site.branding.contact, text: try text(.contactUs)).page)
            },
            .get("/accessibility", .anyone) { visit in
                visit.show(AccessibilityStatement(branding: visit.site.branding).page)
            },
            .get("/cookies", .anyone) { visit in visit.show(CookiesPage(prefix: visit.site.cookiePrefix).page) },
            .get("/help", .anyone) { visit in visit.show(HelpPage(branding: visit.site.branding).page) },
        ]
    }

    private func landing(_ wording: StandardWording, on visit: Visit) throws -> Landing {
        Landing(
            trust: visit.site.branding.organisation, service: visit.site.branding.service, text: try text(wording))
    }

    /// A page that is the trust's own text and nothing else.
    private func own(_ wording: StandardWording) throws -> Page {
        let text = try text(wording)
        return Page(text.plainTitle, .twoThirds("<h1>\(text.plainTitle)</h1>\(HTML.wording(text))"))
    }

    /// A text of the policy in force, with what is true of the trust in it (S1-05).
    func text(_ wording: StandardWording) throws -> FilledMarkdown {
        let policy = casework.policies.current
        return try policy.fill(wording, MergeValues(trust: casework.trust, policy: policy))
    }
}
