import Rights

/// What a trust says about itself on every page. Given by configuration; nothing of it is built in.
package struct Branding: Sendable, Hashable {
    /// A picture in the header, used only by a trust that may use one (the NHS logo comes from the NHS identity team).
    package struct Logo: Sendable, Hashable {
        /// The name of the picture among the assets.
        package var asset: String
        package var width: Int
        package var height: Int
        package var alternative: String

        package init(asset: String, width: Int, height: Int, alternative: String) {
            self.asset = asset
            self.width = width
            self.height = height
            self.alternative = alternative
        }
    }

    /// How to reach the people behind the site; shown on the contact page and on every error page.
    package struct Contact: Sendable, Hashable {
        package var department: String
        package var email: String
        package var telephone: String
        /// One line of the address each.
        package var address: [String]

        package init(department: String, email: String, telephone: String, address: [String] = []) {
            self.department = department
            self.email = email
            self.telephone = telephone
            self.address = address
        }
    }

    /// The trust's name in two lines of the header: `Meadowbank Hospitals` and `NHS Foundation Trust`.
    package var name: String
    package var descriptor: String
    /// What the site is called: `Access to records`.
    package var service: String
    package var contact: Contact
    package var logo: Logo?
    /// Behind the white words of the header; nothing for the library's own.
    package var headerColour: Colour?
    /// A style sheet among the trust's assets, for one that has the licence for the NHS typeface.
    package var fontStyle: String?
    /// Whether everything here is fictional: then every page says so, loudly.
    package var isDemo: Bool

    package init(
        name: String, descriptor: String, service: String, contact: Contact, logo: Logo? = nil,
        headerColour: Colour? = nil, fontStyle: String? = nil, isDemo: Bool = false
    ) {
        self.name = name
        self.descriptor = descriptor
        self.service = service
        self.contact = contact
        self.logo = logo
        self.headerColour = headerColour
        self.fontStyle = fontStyle
        self.isDemo = isDemo
    }

    /// The whole name: `Meadowbank Hospitals NHS Foundation Trust`.
    package var organisation: String { descriptor.isEmpty ? name : "\(name) \(descriptor)" }
}

extension Branding {
    /// The name of the style sheet that gives the header the trust's colour; made at the start, because the pages'
    /// policy of content allows no style in the page itself.
    static let style = "brand.css"
    /// The name of the trust's picture among the assets.
    static let logoAsset = "logo.png"

    /// The assets that are made of the trust's brand.
    package static func assets(of brand: Brand) -> [String: [UInt8]] {
        var made: [String: [UInt8]] = [:]
        if let logo = brand.logo { made[logoAsset] = logo.png }
        if let colour = brand.headerColour {
            // What lies in the header takes its colour, so that no edge of the library's blue is left.
            made[style] = Array(
                """
                .nhsuk-header, .nhsuk-header__navigation { background-color: \(colour); }
                @media print { .nhsuk-header, .nhsuk-header__navigation { background-color: transparent; } }

                """.utf8)
        }
        return made
    }
}

extension Branding.Logo {
    /// The logo of a trust's brand, if it has one.
    package init?(_ brand: Brand) {
        guard let logo = brand.logo else { return nil }
        self.init(
            asset: Branding.logoAsset, width: logo.width, height: logo.height, alternative: logo.alternative)
    }
}
