import Casework
import Foundation
import Rights
import Store
import Synchronization

/// Fills an empty data folder: some cases are told act by act, by the rules that hold for everybody, and all are kept
/// after their pattern, a hundred in a transaction, by the store's own statements. The rows are the same as if each act
/// had been performed at the desk, without a flush of the disk for each.
struct Seeding: Sendable {
    let casework: Casework
    let count: Int
    let casesEach: Int

    private static let batch = 100
    /// A multiple of all that decides how a course ends.
    private static let mostPatterns = 500

    static func email(of account: Int) -> String { "requester-\(account)@example.org" }

    func run() async throws -> [Case.ID] {
        let handler = try await addHandler()
        let accounts = try await addAccounts()
        let started = ContinuousClock.now
        let patterns = try patterns(handler: handler, account: accounts[0])
        var ids: [Case.ID] = []
        var facts = 0
        for start in stride(from: 0, to: count, by: Seeding.batch) {
            let numbers = start..<min(start + Seeding.batch, count)
            let references = try await references(for: numbers.map { patterns[$0 % patterns.count].year })
            let told = try zip(numbers, references).map { number, reference in
                try patterns[number % patterns.count].retold(
                    number, reference: reference, account: accounts[number / casesEach])
            }
            try await casework.store.write { transaction in
                for one in told { try transaction.keep(one) }
            }
            ids += told.map(\.id)
            facts += told.reduce(0) { $0 + $1.facts }
            if numbers.upperBound.isMultiple(of: 10 * Seeding.batch) || numbers.upperBound == count {
                say("\(numbers.upperBound) of \(count) cases, \(facts) facts")
            }
        }
        say("done after \((ContinuousClock.now - started).components.seconds) s")
        return ids
    }

    private func patterns(handler: Staff, account: Account.ID) throws -> [Pattern] {
        let holidays = try casework.policies.holidays(of: casework.policies.current.nation)
        let ground = Course.Ground(casework: casework, holidays: holidays, handler: handler)
        return try (0..<min(count, Seeding.mostPatterns)).map { number in
            var course = Course(number, on: ground, today: casework.surroundings.today, account: account)
            return try course.told()
        }
    }

    private func references(for years: [Int]) async throws -> [String] {
        let prefix = casework.policies.current.applicationTypes["living"]?.prefix ?? ""
        return try await casework.store.write { transaction in
            try years.map { try transaction.nextReference(prefix: prefix, year: $0) }
        }
    }

    /// Identifiers that are the same in every run.
    private func repeatable(_ number: Int) -> Surroundings {
        let dice = Mutex(Dice(number &* 1_000_003))
        var surroundings = casework.surroundings
        surroundings.random = { count in dice.withLock { $0.bytes(count) } }
        return surroundings
    }

    private func addHandler() async throws -> Staff {
        let stored = StoredStaff(
            id: repeatable(-1).identifier(), email: "m.hughes@example.org", name: "M. Hughes",
            department: "medico-legal", roles: ["medico-legal", "information-governance", "manager"])
        let now = casework.surroundings.now()
        try await casework.store.write { transaction in
            try transaction.addStaff(stored, at: now)
            // No password leads to this: the measurements open their sessions themselves.
            try transaction.setUp(stored.id, password: "none", factor: .text(phone: "+447700900010"))
        }
        return StaffAccounts(casework: casework, passwords: Passwords(random: casework.surroundings.random))
            .member(stored)
    }

    private func addAccounts() async throws -> [Account.ID] {
        let surroundings = repeatable(-2)
        let now = surroundings.now()
        let accounts = (0...(count / casesEach)).map { (number: $0, id: surroundings.identifier(Account.self)) }
        try await casework.store.write { transaction in
            for account in accounts {
                try transaction.addAccount(
                    account.id, email: Seeding.email(of: account.number), password: "none", at: now)
            }
        }
        return accounts.map(\.id)
    }

    private func say(_ text: String) {
        FileHandle.standardError.write(Data("seeding: \(text)\n".utf8))
    }
}
