import Casework
import Foundation
import NIOPosix
import PolicyFiles
import Rights
import Store

/// A trust whose data folder was filled with cases: the same people and the same histories in every run, dated
/// relative to the day on which they were made.
struct SeededTrust: Sendable {
    let folder: String
    let casework: Casework
    /// Who works the cases, and who opens them in the measurements.
    let handler: Staff
    /// One of the requesters, who has several of the cases.
    let requester: Account.ID
    /// Every case that was seeded, oldest first.
    let cases: [Case.ID]

    /// How many cases a requester has.
    private static let casesEach = 5

    /// Opens the folder, and fills it if it is new.
    ///
    /// - Throws: `FolderInUse` for a folder that was filled with another number of cases, or only in part.
    static func open(
        in folder: String, on database: PostgreSQLAddress? = nil, cases count: Int
    ) async throws -> SeededTrust {
        let casework = try desk(in: folder, on: database)
        let marker = URL(fileURLWithPath: folder).appending(path: "seeded-cases")
        let (known, ids) = try await casework.store.read { transaction in
            (try transaction.count(SummaryFilter(for: .nobody), most: 1), try transaction.caseIDs())
        }
        if known == 0 {
            let seeding = Seeding(casework: casework, count: count, casesEach: casesEach)
            let ids = try await seeding.run()
            try Data("\(count)\n".utf8).write(to: marker)
            return try await SeededTrust(folder: folder, casework: casework, cases: ids)
        }
        let seeded = (try? String(contentsOf: marker, encoding: .utf8)).flatMap { Int($0.dropLast()) }
        guard seeded == count else { throw FolderInUse(folder: folder, seeded: seeded) }
        return try await SeededTrust(folder: folder, casework: casework, cases: Array(ids.prefix(count)))
    }

    private init(folder: String, casework: Casework, cases: [Case.ID]) async throws {
        let (staff, account) = try await casework.store.read { transaction in
            (try transaction.allStaff().first, try transaction.account(email: Seeding.email(of: 0), on: .portal))
        }
        guard let staff, case .requester(let requester)? = account?.id else {
            throw FolderInUse(folder: folder, seeded: nil)
        }
        let members = StaffAccounts(casework: casework, passwords: Passwords(random: casework.surroundings.random))
        self.init(
            folder: folder, casework: casework, handler: members.member(staff), requester: requester, cases: cases)
    }

    /// The same trust as a process that has just begun finds it: no case has been looked at yet.
    func reopened() -> SeededTrust {
        SeededTrust(
            folder: folder,
            casework: Casework(
                store: casework.store, vault: casework.vault, policies: casework.policies, trust: casework.trust,
                surroundings: casework.surroundings),
            handler: handler, requester: requester, cases: cases)
    }

    private init(folder: String, casework: Casework, handler: Staff, requester: Account.ID, cases: [Case.ID]) {
        self.folder = folder
        self.casework = casework
        self.handler = handler
        self.requester = requester
        self.cases = cases
    }

    private static func desk(in folder: String, on database: PostgreSQLAddress?) throws -> Casework {
        let surroundings = Surroundings.live
        let policies = URL(fileURLWithPath: "policies")
        let current = try PolicyFiles.load(policies.appending(path: "poole-2017"))
        let tables = try PolicyFiles.holidays(policies.appending(path: "bank-holidays"), on: surroundings.today)
        return Casework(
            store: try Store.open(in: folder, on: database, surroundings: surroundings),
            vault: try Vault(in: folder, threads: .singleton, surroundings: surroundings),
            policies: Policies(current: current, holidays: Array(tables.values)),
            trust: Trust(
                name: "Meadowbank Hospitals NHS Foundation Trust", portal: "http://127.0.0.1:8080",
                desk: "http://127.0.0.1:8081", contact: "records@example.org", isDemo: true),
            surroundings: surroundings)
    }
}

/// The folder holds something else than what was asked for.
struct FolderInUse: Error, CustomStringConvertible {
    let folder: String
    let seeded: Int?

    var description: String {
        let held = seeded.map { "was filled with \($0) cases" } ?? "was not filled to the end"
        return "\(folder) \(held). Remove it, or choose another folder with --data."
    }
}

extension Surroundings {
    /// The machine's clock and chance. Days are counted in UTC, because the measurements begin at no midnight.
    fileprivate static var live: Surroundings {
        Surroundings(
            now: {
                var time = timespec()
                clock_gettime(CLOCK_REALTIME, &time)
                return Moment(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
            },
            day: { Day(number: Int($0.milliseconds / 86_400_000)) }, timeOfDay: { _ in "9:30am" },
            random: { count in
                // Asked of the system eight bytes at a time.
                var generator = SystemRandomNumberGenerator()
                var bytes: [UInt8] = []
                while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes += $0 } }
                return Array(bytes.prefix(count))
            })
    }
}
