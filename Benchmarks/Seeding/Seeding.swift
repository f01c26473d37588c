import Casework
import Foundation
import Rights
import Store
import Synchronization

/// Fills an empty data folder. Cases are opened one after the other, so that their numbers are the same in every run,
/// and worked many at a time, so that they share the flushes of the disk.
struct Seeding: Sendable {
    let casework: Casework
    let count: Int
    let casesEach: Int

    private static let batch = 50

    static func email(of account: Int) -> String { "requester-\(account)@example.org" }

    func run() async throws -> [Case.ID] {
        let handler = try await addHandler()
        let accounts = try await addAccounts()
        var ids: [Case.ID] = []
        var facts = 0
        let started = ContinuousClock.now
        for start in stride(from: 0, to: count, by: Seeding.batch) {
            let numbers = start..<min(start + Seeding.batch, count)
            var courses: [Course] = []
            for number in numbers {
                var course = Course(
                    number, in: repeatable(number), today: casework.surroundings.today, handler: handler,
                    account: accounts[number / casesEach])
                ids.append(try await course.begin())
                courses.append(course)
            }
            facts += try await withThrowingTaskGroup(of: Int.self) { group in
                for course in courses {
                    group.addTask {
                        var course = course
                        return try await course.run().sequence
                    }
                }
                return try await group.reduce(0, +)
            }
            try await settle()
            tell("\(numbers.upperBound) of \(count) cases, \(facts) facts")
        }
        tell("done after \((ContinuousClock.now - started).components.seconds) s")
        return ids
    }

    /// The same desk with chance of its own, so that a case is the same whatever happens beside it.
    private func repeatable(_ number: Int) -> Casework {
        let dice = Mutex(Dice(number &* 1_000_003))
        var surroundings = casework.surroundings
        surroundings.random = { count in dice.withLock { $0.bytes(count) } }
        return Casework(
            store: casework.store, vault: casework.vault, policies: casework.policies, trust: casework.trust,
            surroundings: surroundings)
    }

    private func addHandler() async throws -> Staff {
        let stored = StoredStaff(
            id: repeatable(-1).surroundings.identifier(), email: "m.hughes@example.org", name: "M. Hughes",
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
        let surroundings = repeatable(-2).surroundings
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

    /// What the made-up acts gave the worker to do and to send is left undone: it would disturb what is measured.
    private func settle() async throws {
        try await casework.store.write { transaction in
            try transaction.execute("DELETE FROM job")
            try transaction.execute("DELETE FROM outbox")
        }
    }

    private func tell(_ text: String) {
        FileHandle.standardError.write(Data("seeding: \(text)\n".utf8))
    }
}
