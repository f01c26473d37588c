import Foundation
import Logging
import Rights
import Web

/// A site of a made-up trust, for tests.
package enum TestSite {
    /// - Parameter recognise: who a session's token belongs to; by default nobody is ever signed in.
    package static func make(
        _ audience: Audience, at address: String = "http://127.0.0.1:8080", world: FixedWorld = FixedWorld(),
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, proxies: Set<String> = [],
        paths: Site.Paths = Site.Paths(), name: String = "Meadowbank Hospitals", brand: Brand = Brand(),
        navigation: @escaping @Sendable (Visitor) -> [Link] = { _ in [] },
        recognise: @escaping @Sendable (String) async throws -> Visitor? = { _ in nil }
    ) -> Site {
        guard let origin = Origin(address) else { preconditionFailure("no address: \(address)") }
        return Site(
            audience: audience, branding: branding(audience, name, brand), origin: origin, assets: assets(brand),
            surroundings: world.surroundings, logger: logger, traffic: Traffic(), proxies: proxies, paths: paths,
            navigation: navigation, recognise: recognise)
    }

    private static func branding(_ audience: Audience, _ name: String, _ brand: Brand) -> Branding {
        Branding(
            name: name, descriptor: "NHS Foundation Trust",
            service: audience == .portal ? "Access to records" : "Subject Access Database",
            contact: Branding.Contact(
                department: "Medico-Legal", email: "records@example.org", telephone: "07700 900123"),
            logo: Branding.Logo(brand), headerColour: brand.headerColour)
    }

    /// Our own files from the checkout, without the NHS library: pages name its files but tests do not need them.
    private static func assets(_ brand: Brand) -> Assets {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return Assets(
            library: root.appending(path: "Tests/nowhere"), own: root.appending(path: "Sources/Web/Assets"),
            made: Branding.assets(of: brand))
    }
}
