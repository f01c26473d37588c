import Casework
import Foundation
import Jobs
import Logging
import Rights
import ServiceLifecycle
import Store
import Synchronization
import Web

/// One of the trusts of a process: an installation of its own, which is closed while its database or its folder cannot
/// be had, and opened as soon as they can. What goes wrong with it is nothing to the others.
final class HostedTrust: Sendable {
    private struct Opened {
        let installation: Installation
        let sites: Sites?
    }

    private struct Sites {
        let portal: SiteResponder
        let desk: SiteResponder

        init(_ installation: Installation, _ logger: Logger) throws {
            let portal = try installation.portal(logger)
            let desk = try installation.desk(logger)
            self.portal = SiteResponder(site: portal.site, routes: portal.routes)
            self.desk = SiteResponder(site: desk.site, routes: desk.routes)
        }
    }

    let code: String
    let settings: Settings
    private let policies: Policies
    private let passwords: Passwords
    private let surroundings: Surroundings
    private let logger: Logger
    private let isServed: Bool
    private let state = Mutex<Opened?>(nil)

    /// - Parameter isServed: whether its sites are served here. A process that only works needs nothing of them.
    init(
        _ trust: TrustSettings, under policies: Policies, passwords: Passwords, isServed: Bool,
        surroundings: Surroundings, logger: Logger
    ) {
        code = trust.code
        settings = trust.settings
        self.policies = policies
        self.passwords = passwords
        self.isServed = isServed
        self.surroundings = surroundings
        var logger = logger
        logger[metadataKey: "trust"] = "\(code)"
        self.logger = logger
    }

    /// What answers at the portal's host; nothing while the trust is closed.
    var portal: SiteResponder? { state.withLock { $0?.sites?.portal } }
    /// The same at the desk's.
    var desk: SiteResponder? { state.withLock { $0?.sites?.desk } }
    /// Nothing while the trust is closed.
    var installation: Installation? { state.withLock { $0?.installation } }

    /// Opens the trust, as often as it takes, and keeps it open until the process is told to stop.
    ///
    /// - Parameter atWork: whether its work is done here.
    func run(atWork: Bool) async {
        guard let installation = await opened() else { return }
        logger.notice("The trust is open")
        do {
            if atWork { try await installation.worker(logger).run() } else { try await gracefulShutdown() }
        } catch {
            logger.error("The trust's work has ended", metadata: ["error": "\(type(of: error))"])
        }
    }

    /// Nothing where the process is told to stop before the trust could be opened.
    private func opened() async -> Installation? {
        var told = ""
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            do {
                return try await open()
            } catch {
                let why = (error as? StoreError)?.description ?? "\(type(of: error))"
                if why != told { logger.error("The trust cannot be opened", metadata: ["error": "\(why)"]) }
                told = why
            }
            await cancelWhenGracefulShutdown { try? await Task.sleep(for: .seconds(5)) }
        }
        return nil
    }

    private func open() async throws -> Installation {
        // On a thread of its own: a server that does not answer is waited for, and nobody else shall wait with it.
        let installation = try await withCheckedThrowingContinuation { [self] answer in
            Thread.detachNewThread { [self] in
                answer.resume(
                    with: Result {
                        try Installation.open(
                            settings, under: policies, passwords: passwords, surroundings: surroundings)
                    })
            }
        }
        do {
            try await installation.casework.rebuildIfIncomplete { [logger] done, all in
                if done == all { logger.notice("Cases made ready", metadata: ["cases": "\(all)"]) }
            }
            let opened = Opened(
                installation: installation, sites: isServed ? try Sites(installation, logger) : nil)
            state.withLock { $0 = opened }
            return installation
        } catch {
            try? installation.casework.store.close()
            throw error
        }
    }
}
