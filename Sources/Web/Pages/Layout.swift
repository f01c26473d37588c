import Rights

/// What stands round every page of a site: head, header with the trust's and the service's names, account,
/// navigation, the way back, and the footer (nhsuk-frontend's `template.njk`).
enum Layout {
    static func document(_ page: Page, for visit: Visit) -> HTML {
        let site = visit.site
        let branding = site.branding
        let problems = page.form?.summary ?? []
        let assets = site.assets
        let container: HTML = site.audience == .desk ? "nhsuk-width-container-fluid" : "nhsuk-width-container"
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">\
            <title>\("Error: ", when: !problems.isEmpty)\(page.title) – \(branding.service) – \
            \(branding.organisation)</title>\
            <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">\
            <meta name="theme-color" content="\(branding.headerColour?.description ?? "#005eb8")"><meta name="format-detection" content="telephone=no">\
            <meta name="robots" content="noindex">\
            \(branding.fontStyle.map { style(assets.href($0)) })\
            \(style(assets.href(Assets.libraryStyle)))\(style(assets.href("app.css")))\
            \(branding.headerColour.map { _ in style(assets.href(Branding.style)) })\
            <link rel="icon" href="data:,"></head>\
            <body\(" class=\"app-staff\"", when: site.audience == .desk)>\
            <script src="\(assets.href("js-enabled.js"))"></script>\(HTML.skipLink)\
            \(notes(site))\(header(page, visit, container))\
            <div class="\(container)">\(page.back.map { .backLink($0) })\(HTML.breadcrumb(page.trail))\
            <main class="nhsuk-main-wrapper" id="maincontent">\(summary(problems))\(page.content)</main></div>\
            \(footer(site, container))<script type="module" src="\(assets.href("app.js"))"></script></body></html>

            """
    }

    private static func style(_ href: String) -> HTML { "<link rel=\"stylesheet\" href=\"\(href)\">" }

    private static func summary(_ problems: [(text: String, id: String?)]) -> HTML {
        problems.isEmpty ? .empty : .twoThirds(.errorSummary(problems))
    }

    /// What every page must say: that it is a demonstration, and that it looks wrong for want of a set-up step.
    private static func notes(_ site: Site) -> HTML {
        let demo: HTML =
            site.branding.isDemo
            ? """
            <p class="app-demo" role="note"><strong>DEMO</strong> Everyone and everything here is made up. \
            Do not enter real people’s details.</p>
            """ : ""
        let plain: HTML =
            site.assets.missing.contains(Assets.libraryStyle)
            ? """
            <p class="app-demo" role="note"><strong>NOT SET UP</strong> The NHS style sheet is missing, so pages look \
            plain. Run the set-up step.</p>
            """ : ""
        return demo + plain
    }

    private static func header(_ page: Page, _ visit: Visit, _ container: HTML) -> HTML {
        let site = visit.site
        return """
            <header class="nhsuk-header" role="banner" data-module="nhsuk-header">\
            <div class="nhsuk-header__container \(container)"><div class="nhsuk-header__service">\
            <a class="nhsuk-header__service-logo" href="\(site.paths.home)" \
            aria-label="\(site.branding.organisation) \(site.branding.service) homepage">\(trust(site))\
            <span class="nhsuk-header__service-name">\(site.branding.service)</span></a></div>\
            \(account(visit))</div>\(navigation(page, visit, container))</header>
            """
    }

    private static func trust(_ site: Site) -> HTML {
        if let logo = site.branding.logo {
            return """
                <img class="app-header__logo" src="\(site.assets.href(logo.asset))" width="\(logo.width)" \
                height="\(logo.height)" alt="\(logo.alternative)">
                """
        }
        let descriptor: HTML = site.branding.descriptor.isEmpty ? "" : "<small>\(site.branding.descriptor)</small>"
        return "<span class=\"app-header__trust\">\(site.branding.name)\(descriptor)</span>"
    }

    private static func account(_ visit: Visit) -> HTML {
        guard let visitor = visit.visitor else {
            // On the page for signing in, a link to it would lead nowhere.
            guard visit.path != visit.site.paths.signIn else { return .empty }
            return """
                <nav class="nhsuk-header__account" aria-label="Account"><ul class="nhsuk-header__account-list">\
                <li class="nhsuk-header__account-item">\
                <a class="nhsuk-header__account-link" href="\(visit.site.paths.signIn)">Login</a></li></ul></nav>
                """
        }
        return """
            <nav class="nhsuk-header__account" aria-label="Account"><ul class="nhsuk-header__account-list">\
            <li class="nhsuk-header__account-item">\(person: visitor.label)</li>\
            <li class="nhsuk-header__account-item"><form class="nhsuk-header__account-form" \
            action="\(visit.site.paths.signOut)" method="post" novalidate>\(visit.formSecrets(nil))\
            <button class="nhsuk-header__account-button">Log out</button></form></li></ul></nav>
            """
    }

    private static func navigation(_ page: Page, _ visit: Visit, _ container: HTML) -> HTML {
        guard let visitor = visit.visitor else { return .empty }
        let links = visit.site.navigation(visitor)
        guard !links.isEmpty else { return .empty }
        return """
            <nav class="nhsuk-header__navigation" aria-label="Menu">\
            <div class="nhsuk-header__navigation-container \(container)"><ul class="nhsuk-header__navigation-list">\
            \(each: links, { item($0, isCurrent: $0.href == page.current, unread: page.unread[$0.href] ?? $0.count) })\
            <li class="nhsuk-header__menu" hidden><button type="button" class="nhsuk-header__menu-toggle \
            nhsuk-header__navigation-link" id="toggle-menu" aria-expanded="false">\
            <span class="nhsuk-u-visually-hidden">Browse </span>More</button></li></ul></div></nav>
            """
    }

    private static func item(_ link: Link, isCurrent: Bool, unread: Int) -> HTML {
        let words: HTML =
            isCurrent
            ? "<strong class=\"nhsuk-header__navigation-item-current-fallback\">\(link.text)</strong>" : "\(link.text)"
        return """
            <li class="nhsuk-header__navigation-item\(" nhsuk-header__navigation-item--current", when: isCurrent)">\
            <a class="nhsuk-header__navigation-link" href="\(link.href)"\(" aria-current=\"page\"", when: isCurrent)>\
            \(words)\(HTML.counted(unread))</a></li>
            """
    }

    private static func footer(_ site: Site, _ container: HTML) -> HTML {
        let links = [
            Link("Accessibility statement", site.paths.accessibility), Link("Privacy notice", site.paths.privacy),
            Link("Cookies", site.paths.cookies), Link("Contact us", site.paths.contact),
        ]
        return """
            <footer class="nhsuk-footer" role="contentinfo"><div class="\(container)"><div class="nhsuk-footer__meta">\
            <h2 class="nhsuk-u-visually-hidden">Support links</h2><ul class="nhsuk-footer__list">\
            \(each: links, { """
                <li class="nhsuk-footer__list-item">\
                <a class="nhsuk-footer__list-item-link" href="\($0.href)">\($0.text)</a></li>
                """ })</ul><p class="nhsuk-body-s">© \(site.branding.organisation)\
            \(" (fictional)", when: site.branding.isDemo)</p></div></div></footer>
            """
    }
}
