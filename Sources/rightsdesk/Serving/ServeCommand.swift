import ArgumentParser
import Casework
import Foundation
import Hummingbird
import Logging
import Rights
import ServiceLifecycle
import UnixSignals
import Web

/// Runs both sites and the worker until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the portal, the desk and the worker.",
        discussion: "Settings come from the environment; see docs/configuring.md. SIGTERM lets requests and jobs end.")

    @Flag(help: "Serve the sites alone. Somewhere else `rightsdesk work` must be running.")
    var withoutWorker = false

    func run() async throws {
        if let folder = TrustsFolder(environment: ProcessInfo.processInfo.environment) {
            let hosted = try HostedTrusts(folder, isServed: true)
            try await hosted.serve(withWorkers: !withoutWorker) {
                for trust in hosted.trusts {
                    Console.say("\(trust.code): \(trust.settings.portalAddress) \(trust.settings.deskAddress)")
                }
            }
            return
        }
        let installation = try Installation.open(try Settings.fromEnvironment())
        try await installation.serve(withWorker: !withoutWorker) { portal, desk in
            Console.say("Portal: \(portal)\nDesk:   \(desk)")
        }
    }
}

extension Installation {
    /// Serves until the process is told to stop, then lets what has begun end, for half a minute.
    ///
    /// - Parameters:
    ///   - withWorker: whether this process also does what was written down to be done.
    ///   - ready: called once both sites listen, with their addresses.
    func serve(
        withWorker: Bool = true, _ ready: @escaping @Sendable (_ portal: String, _ desk: String) -> Void
    ) async throws {
        let logger = try await prepare()
        let portal = try portal(logger)
        let desk = try desk(logger)
        let addresses = (settings.portalAddress, settings.deskAddress)
        let announcement = Announcement(count: 2) { ready(addresses.0, addresses.1) }
        let certificates = try SiteCertificates(settings, logger)
        let portalServer = SiteServer.application(
            portal.site, portal.routes, address: settings.portalListen.bind, certificate: certificates.portal,
            running: { _ in await announcement.one() })
        let deskServer = SiteServer.application(
            desk.site, desk.routes, address: settings.deskListen.bind, certificate: certificates.desk,
            running: { _ in await announcement.one() })
        let workers: [any Service] = withWorker ? [worker(logger)] : []
        try await run(workers + [portalServer, deskServer] + certificates.all, logger)
    }

    /// Works without sites until the process is told to stop, then lets the jobs in hand end, for half a minute.
    ///
    /// - Parameter ready: called before the first job.
    func work(_ ready: () -> Void) async throws {
        let logger = try await prepare()
        ready()
        try await run([worker(logger)], logger)
    }

    /// Makes the lists whole, without which nothing is served, and the log.
    private func prepare() async throws -> Logger {
        Allocator.prepareForServing()
        let now = surroundings.now
        try await casework.rebuildIfIncomplete { done, all in Console.tell("\(done) of \(all) cases made ready") }
        return Logger(label: "rightsdesk") { JSONLines(label: $0, now: now) }
    }

    private func run(_ services: [any Service], _ logger: Logger) async throws {
        // The last of the list ends first, so that the monitoring system can watch the others end.
        var group = ServiceGroupConfiguration(
            services: watched(logger) + [.init(service: Together(services: services))],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(30)
        try await ServiceGroup(configuration: group).run()
    }

    /// The port for monitoring, where one is set.
    private func watched(_ logger: Logger) -> [ServiceGroupConfiguration.ServiceConfiguration] {
        settings.metricsListen.map {
            [.init(service: SiteServer.watch(watch(logger), address: $0.bind, logger: logger))]
        } ?? []
    }
}

/// Says something once so many have reported.
actor Announcement {
    private var waiting: Int
    private let say: @Sendable () -> Void

    init(count: Int, _ say: @escaping @Sendable () -> Void) {
        waiting = count
        self.say = say
    }

    func one() {
        waiting -= 1
        if waiting == 0 { say() }
    }
}

extension Settings.Listen {
    var bind: BindAddress { .hostname(host, port: port) }
}
