import Casework
import Correspondence
import Documents
import Foundation
import Jobs
import Logging
import NIOPosix
import Rights
import Store
import Web

/// Everything that runs on one data folder and database: opened once, from the settings, by every command that needs it.
struct Installation: Sendable {
    let settings: Settings
    let isDemo: Bool
    let casework: Casework
    let accounts: Accounts
    let staff: StaffAccounts
    let passwords: Passwords
    let bell: Bell
    /// What both sites have answered.
    let traffic = Traffic()

    var surroundings: Surroundings { casework.surroundings }

    /// - Parameter isDemo: made-up data on this machine: the outbox is shown, files open unscanned.
    /// - Throws: `CommandFailure` in words for the administrator.
    static func open(_ settings: Settings, isDemo: Bool = false) throws -> Installation {
        let surroundings = try Surroundings.live()
        let rules = try ShippedRules.load(from: settings.policies, on: surroundings.today)
        return try open(
            settings, isDemo: isDemo, under: try settings.policies(among: rules),
            passwords: Passwords(stolen: StolenPasswords(in: settings.assets), random: surroundings.random),
            surroundings: surroundings)
    }

    /// The same with what the trusts of one process have in common.
    static func open(
        _ settings: Settings, isDemo: Bool = false, under policies: Policies, passwords: Passwords,
        surroundings: Surroundings
    ) throws -> Installation {
        let bell = Bell()
        let store = try Store.open(
            in: settings.data, on: settings.database, filesIn: settings.files.place, surroundings: surroundings)
        let casework = Casework(
            store: store,
            vault: try settings.vault(beside: store, surroundings),
            policies: policies,
            trust: Trust(
                name: "\(settings.trustName) \(settings.trustDescriptor)", portal: settings.portalAddress,
                desk: settings.deskAddress,
                contact: "\(settings.contactDepartment), \(settings.contactEmail), \(settings.contactTelephone)",
                isDemo: isDemo),
            surroundings: surroundings, wakeWorker: { bell.ring() })
        return Installation(
            settings: settings, isDemo: isDemo, casework: casework,
            accounts: Accounts(casework: casework, passwords: passwords),
            staff: StaffAccounts(casework: casework, passwords: passwords), passwords: passwords,
            bell: bell)
    }

    /// The one who does what was written down to be done.
    func worker(_ logger: Logger) -> Worker {
        let unset: any MailTransport & TextTransport = isDemo ? DemoOutbox() : MissingTransport()
        let sender = Sender(name: HeaderText(casework.policies.current.sender), address: settings.sender)
        let mail: any MailTransport = settings.mail.map { SMTPTransport(to: $0, from: sender) } ?? unset
        let scan: MalwareScan =
            switch settings.scanner {
            case .clamd(let address): .clamd(Clamd(at: address))
            case .unset, .none: .notConfigured
            }
        return Worker(
            store: casework.store,
            work: [
                DeliverMessage(casework: casework, mail: mail, texts: unset, logger: logger),
                ScanFile(casework: casework, scan: scan, opensUnscanned: isDemo || settings.scanner == .none),
                WatchDueDates(casework: casework, logger: logger),
                ForgetOldWork(store: casework.store, surroundings: surroundings),
                ForgetDrafts(casework: casework), WarnOfExpiry(casework: casework, logger: logger),
                ForgetAccountRemnants(accounts: accounts), SweepFiles(casework: casework, logger: logger),
            ],
            schedule: Schedule(
                [
                    .init(WatchDueDates.kind, hour: 6), .init(WarnOfExpiry.kind, hour: 6),
                    .init(ForgetOldWork.kind, hour: 3), .init(ForgetDrafts.kind, hour: 3),
                    .init(ForgetAccountRemnants.kind, hour: 3), .init(SweepFiles.kind, hour: 3),
                ], atStart: [SweepFiles.kind], surroundings: surroundings),
            bell: bell, surroundings: surroundings, logger: logger)
    }
}

extension Settings {
    /// The policy that new requests come in under, with the others that old ones came in under.
    func policies(among rules: ShippedRules) throws(CommandFailure) -> Policies {
        guard let current = rules.policies.first(where: { $0.edition.code == policy }) else {
            throw CommandFailure(
                status: .configuration,
                message: "There is no policy \(policy). Set RIGHTSDESK_POLICY to one of: "
                    + rules.policies.map(\.edition.code).joined(separator: ", ") + ".")
        }
        return Policies(
            current: current, others: rules.policies.filter { $0.edition.code != policy },
            holidays: Array(rules.holidays.values))
    }
}
