import Casework
import Desk
import Foundation
import Logging
import Portal
import Rights
import Web

extension Installation {
    /// The requesters' site and everything it answers.
    func portal(_ logger: Logger) throws -> (site: Site, routes: [Route]) {
        let doors = AccountPages(accounts: accounts)
        let site = try site(
            .portal, service: "Access to your records", address: settings.portalAddress, logger: logger,
            paths: Site.Paths(home: "/home"), navigation: { _ in Portal.navigation }, recognise: doors.recognise)
        return (site, Portal(casework: casework).routes + doors.routes + [.alive])
    }

    /// The staff's site and everything it answers.
    func desk(_ logger: Logger) throws -> (site: Site, routes: [Route]) {
        let doors = StaffPages(staff: staff, requesters: accounts)
        // The statements are one text for both sites, and the public one is theirs.
        let portal = settings.portalAddress
        let site = try site(
            .desk, service: "Subject Access Database", address: settings.deskAddress, logger: logger,
            paths: Site.Paths(
                home: "/", signIn: "/sign-in", signOut: "/sign-out", accessibility: "\(portal)/accessibility",
                privacy: "\(portal)/privacy", cookies: "\(portal)/cookies", contact: "\(portal)/contact"),
            navigation: { visitor in
                guard case .staff(let session) = visitor else { return [] }
                return Desk.navigation(for: session.staff)
            }, recognise: doors.recognise)
        return (site, Desk(casework: casework, accounts: staff).routes + doors.routes + [.alive])
    }

    private func site(
        _ audience: Audience, service: String, address: String, logger: Logger, paths: Site.Paths,
        navigation: @escaping @Sendable (Visitor) -> [Link],
        recognise: @escaping @Sendable (String) async throws -> Visitor?
    ) throws -> Site {
        guard let origin = Origin(address) else {
            throw CommandFailure(
                status: .configuration, message: "\(address) is not an address of the form https://records.example.org."
            )
        }
        let brand = casework.policies.current.brand
        let assets = Assets(
            library: URL(fileURLWithPath: settings.assets), own: URL(fileURLWithPath: settings.site),
            made: Branding.assets(of: brand))
        if !isDemo { try settings.requireFiles(besides: passwords.stolen) }
        if !assets.missing.isEmpty {
            Console.tell("Pages will look plain: missing \(assets.missing.joined(separator: ", ")).")
        }
        return Site(
            audience: audience,
            branding: Branding(
                name: settings.trustName, descriptor: settings.trustDescriptor, service: service,
                contact: Branding.Contact(
                    department: settings.contactDepartment, email: settings.contactEmail,
                    telephone: settings.contactTelephone),
                logo: Branding.Logo(brand), headerColour: brand.headerColour, isDemo: isDemo),
            origin: origin, assets: assets, surroundings: surroundings, logger: logger, traffic: traffic,
            proxies: Set(settings.proxies), paths: paths, navigation: navigation, recognise: recognise)
    }
}

extension Settings {
    /// - Throws: `CommandFailure` where a file is missing that a trust does not go without.
    func requireFiles(besides stolen: StolenPasswords) throws(CommandFailure) {
        let assets = Assets(library: URL(fileURLWithPath: assets), own: URL(fileURLWithPath: site))
        let missing = assets.missing + (stolen.isEmpty ? [StolenPasswords.file] : [])
        guard missing.isEmpty else {
            throw CommandFailure(
                status: .configuration,
                message:
                    "These files are missing: \(missing.joined(separator: ", ")). Without them pages look broken and "
                    + "stolen passwords are accepted. "
                    + "Run scripts/setup, or set RIGHTSDESK_ASSETS to the folder that has them.")
        }
    }
}
