import Casework
import Foundation
import Hummingbird
import Logging
import Rights
import ServiceLifecycle
import UnixSignals
import Web

/// The trusts that one process serves behind one portal's port and one desk's.
struct HostedTrusts: Sendable {
    let trusts: [HostedTrust]
    let surroundings: Surroundings
    let logger: Logger
    /// What was answered to those who named no trust.
    let traffic = Traffic()
    /// The process's own settings.
    private let process: Settings

    /// Reads the settings and the policies of them all. Databases are opened later, each by itself.
    ///
    /// - Parameter isServed: whether the sites are served here, which need files that a worker does without.
    /// - Throws: `CommandFailure` with every fault of every trust.
    init(_ folder: TrustsFolder, isServed: Bool) throws {
        let surroundings = try Surroundings.live()
        let now = surroundings.now
        let logger = Logger(label: "rightsdesk") { JSONLines(label: $0, now: now) }
        let stolen: StolenPasswords
        do throws(SettingsFaults) {
            let all = try folder.all()
            let policies = try HostedTrusts.policies(of: all, on: surroundings.today)
            process = try folder.process()
            let passwords = Passwords(stolen: StolenPasswords(in: process.assets), random: surroundings.random)
            trusts = zip(all, policies).map { trust, policies in
                HostedTrust(
                    trust, under: policies, passwords: passwords.withLineOfItsOwn(), isServed: isServed,
                    surroundings: surroundings, logger: logger)
            }
            stolen = passwords.stolen
        } catch {
            throw CommandFailure(status: .configuration, message: error.description)
        }
        self.surroundings = surroundings
        self.logger = logger
        if isServed { try process.requireFiles(besides: stolen) }
    }

    /// The policies of each trust. A folder that several have in common is read once.
    private static func policies(of trusts: [TrustSettings], on today: Day) throws(SettingsFaults) -> [Policies] {
        var read: [String?: Result<ShippedRules, CommandFailure>] = [:]
        var found: [Policies] = []
        var faults: [SettingsFault] = []
        for trust in trusts {
            let folder = trust.settings.policies
            let rules =
                read[folder]
                ?? Result { () throws(CommandFailure) in try ShippedRules.load(from: folder, on: today) }
            read[folder] = rules
            do throws(CommandFailure) {
                found.append(try trust.settings.policies(among: try rules.get()))
            } catch {
                faults.append(SettingsFault(file: trust.file, name: "RIGHTSDESK_POLICY", text: error.message))
            }
        }
        guard faults.isEmpty else { throw SettingsFaults(faults: faults) }
        return found
    }

    /// Serves until the process is told to stop, then lets what has begun end, for half a minute.
    ///
    /// - Parameters:
    ///   - withWorkers: whether this process also does what was written down to be done.
    ///   - ready: called once both ports are open.
    func serve(withWorkers: Bool, _ ready: @escaping @Sendable () -> Void) async throws {
        let announcement = Announcement(count: 2, ready)
        let portal = switchboard(.portal, { $0.portalAddress }, { $0.portal })
        let desk = switchboard(.desk, { $0.deskAddress }, { $0.desk })
        let certificates = try SiteCertificates(process, logger)
        let portalServer = SiteServer.application(
            portal, address: process.portalListen.bind, certificate: certificates.portal, logger: logger,
            running: { _ in await announcement.one() })
        let deskServer = SiteServer.application(
            desk, address: process.deskListen.bind, certificate: certificates.desk, logger: logger,
            running: { _ in await announcement.one() })
        try await run([OpenTrusts(trusts: trusts, atWork: withWorkers), portalServer, deskServer] + certificates.all)
    }

    /// Works without sites until the process is told to stop, then lets the jobs in hand end, for half a minute.
    func work() async throws {
        try await run([OpenTrusts(trusts: trusts, atWork: true)])
    }

    private func run(_ services: [any Service]) async throws {
        Allocator.prepareForServing()
        let watched = process.metricsListen.map {
            [
                ServiceGroupConfiguration.ServiceConfiguration(
                    service: SiteServer.watch(watch, address: $0.bind, logger: logger))
            ]
        }
        // The last of the list ends first, so that the monitoring system can watch the others end.
        var group = ServiceGroupConfiguration(
            services: (watched ?? []) + [.init(service: Together(services: services))],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(30)
        try await ServiceGroup(configuration: group).run()
    }

    private func switchboard(
        _ audience: Audience, _ address: (Settings) -> String,
        _ responder: @escaping @Sendable (HostedTrust) -> SiteResponder?
    ) -> SitesByHost {
        // That each has an address was found when the settings were read.
        let members = trusts.compactMap { trust in
            Origin(address(trust.settings)).map { SitesByHost.Member($0) { responder(trust) } }
        }
        return SitesByHost(audience, members, surroundings: surroundings, logger: logger, traffic: traffic)
    }
}

/// The trusts as one service, so that at the end all let their work end at the same time and not one after the other.
private struct OpenTrusts: Service {
    let trusts: [HostedTrust]
    let atWork: Bool

    func run() async {
        await withDiscardingTaskGroup { group in
            for trust in trusts { group.addTask { await trust.run(atWork: atWork) } }
        }
    }
}
