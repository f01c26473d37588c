/// What a trust says about itself on every page. Given by configuration; nothing of it is built in.
package struct Branding: Sendable, Hashable {
    /// A picture in the header, used only by a trust that may use one (the NHS logo comes from the NHS identity team).
    package struct Logo: Sendable, Hashable {
        /// A file among the trust's assets.
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
    /// A style sheet among the trust's assets, for one that has the licence for the NHS typeface.
    package var fontStyle: String?
    /// Whether everything here is fictional: then every page says so, loudly.
    package var isDemo: Bool

    package init(
        name: String, descriptor: String, service: String, contact: Contact, logo: Logo? = nil,
        fontStyle: String? = nil, isDemo: Bool = false
    ) {
        self.name = name
        self.descriptor = descriptor
        self.service = service
        self.contact = contact
        self.logo = logo
        self.fontStyle = fontStyle
        self.isDemo = isDemo
    }

    /// The whole name: `Meadowbank Hospitals NHS Foundation Trust`.
    package var organisation: String { descriptor.isEmpty ? name : "\(name) \(descriptor)" }
}
