/// What is particular to one trust and is not a rule: its name and where people reach it.
package struct Trust: Hashable, Sendable {
    /// `Meadowbank Hospitals NHS Foundation Trust`.
    package let name: String
    /// The first address of the portal, without a slash at the end: `https://records.example.org`.
    package let portal: String
    /// The same of the desk.
    package let desk: String
    /// Whom to write to or telephone, in words.
    package let contact: String
    /// Made-up data on the loopback: shows the outbox, says DEMO on every page.
    package let isDemo: Bool

    package init(name: String, portal: String, desk: String, contact: String, isDemo: Bool) {
        self.name = name
        self.portal = portal
        self.desk = desk
        self.contact = contact
        self.isDemo = isDemo
    }
}
