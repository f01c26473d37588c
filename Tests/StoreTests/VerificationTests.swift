import Rights
import TestSupport
import Testing

@testable import Store

/// Somebody has the database file and a tool to edit it, but not the master key.
@Suite struct VerificationTests {
    private let folder: TemporaryFolder
    private let world = FixedWorld()
    private let first: Case.ID
    private let second: Case.ID
    private let third: Case.ID

    init() async throws {
        folder = try TemporaryFolder()
        let store = try Store.open(in: folder, surroundings: world.surroundings)
        first = try await store.openCase(world, facts: 5)
        second = try await store.openCase(world, facts: 5)
        third = try await store.openCase(world, facts: 5)
        try store.close()
    }

    /// Edits the file behind the program's back and returns what `verify` finds then.
    private func findings(after statements: String...) async throws -> [Verification.Finding] {
        let engine: any Engine =
            if let database = try folder.database() {
                PostgreSQLEngine(database.address)
            } else {
                try SQLiteEngine(path: folder.path + "/rightsdesk.sqlite")
            }
        try engine.prepare { connection in
            for statement in Self.disarming(connection.dialect) + statements { try connection.define(statement) }
        }
        try engine.close()
        let store = try Store.open(in: folder, surroundings: world.surroundings)
        return try await store.read { try $0.verify() }.findings
    }

    /// What takes the triggers and references of the schema out of the editor's way.
    private static func disarming(_ dialect: Dialect) -> [String] {
        switch dialect {
        case .sqlite:
            [
                "DROP TRIGGER fact_is_never_changed", "DROP TRIGGER fact_is_never_removed",
                "DROP TRIGGER opening_is_never_changed", "DROP TRIGGER opening_is_never_removed",
                "PRAGMA defer_foreign_keys = ON",
            ]
        case .postgresql:
            [
                "SET LOCAL session_replication_role = replica",
                """
                CREATE OR REPLACE FUNCTION zeroblob(size INT) RETURNS BYTEA LANGUAGE sql
                AS $$ SELECT decode(repeat('00', size), 'hex') $$
                """,
            ]
        }
    }

    @Test("Nothing is found where nothing was done")
    func clean() async throws {
        #expect(try await findings() == [])
    }

    @Test(
        "A change to any column of a fact is located",
        arguments: [
            "kind = 'received'", "recorded_at = '2026-03-01T00:00:00.000Z'", "effective_on = '2026-01-01'",
            "actor = 'staff:2'", "body = zeroblob(length(body))",
        ])
    func changed(column: String) async throws {
        let found = try await findings(after: "UPDATE fact SET \(column) WHERE case_id = '\(second)' AND sequence = 3")
        #expect(found == [.factChanged(case: second.text, sequence: 3)])
    }

    @Test("A changed hash is located")
    func hash() async throws {
        let found = try await findings(
            after: "UPDATE fact SET hash = zeroblob(32) WHERE case_id = '\(second)' AND sequence = 3")
        #expect(found == [.chainBroken(case: second.text, sequence: 3)])
    }

    @Test("A removed fact is located, the last one too", arguments: [1, 3, 5])
    func removed(sequence: Int) async throws {
        let found = try await findings(
            after: "DELETE FROM fact WHERE case_id = '\(second)' AND sequence = \(sequence)")
        #expect(found == [.factMissing(case: second.text, sequence: sequence)])
    }

    @Test("A fact removed from the end with the head wound back is noticed")
    func headWoundBack() async throws {
        let found = try await findings(
            after: """
                UPDATE case_head SET sequence = 4,
                    hash = (SELECT hash FROM fact WHERE case_id = '\(second)' AND sequence = 4)
                WHERE case_id = '\(second)'
                """,
            "DELETE FROM fact WHERE case_id = '\(second)' AND sequence = 5")
        #expect(found == [.headChanged(case: second.text)])
    }

    @Test("A fact removed from the middle with the others moved up is noticed")
    func closedUp() async throws {
        let found = try await findings(
            after: "DELETE FROM fact WHERE case_id = '\(second)' AND sequence = 4",
            "UPDATE fact SET sequence = 4 WHERE case_id = '\(second)' AND sequence = 5")
        #expect(
            found == [
                .factMoved(case: second.text, sequence: 4, origin: 5), .factMissing(case: second.text, sequence: 5),
            ])
    }

    @Test("Two facts that changed places are both located")
    func swapped() async throws {
        let found = try await findings(
            after: "UPDATE fact SET sequence = 99 WHERE case_id = '\(second)' AND sequence = 2",
            "UPDATE fact SET sequence = 2 WHERE case_id = '\(second)' AND sequence = 4",
            "UPDATE fact SET sequence = 4 WHERE case_id = '\(second)' AND sequence = 99")
        #expect(
            found == [
                .factMoved(case: second.text, sequence: 2, origin: 4),
                .factMoved(case: second.text, sequence: 4, origin: 2),
            ])
    }

    @Test("A fact of another case put in the place of one is located")
    func transplanted() async throws {
        let found = try await findings(
            after: "DELETE FROM fact WHERE case_id = '\(second)' AND sequence = 2",
            """
            INSERT INTO fact SELECT '\(second)', sequence, kind, recorded_at, effective_on, actor, body, hash
            FROM fact WHERE case_id = '\(first)' AND sequence = 2
            """)
        #expect(found == [.factChanged(case: second.text, sequence: 2)])
    }

    @Test("A fact added at the end is located")
    func added() async throws {
        let found = try await findings(
            after: """
                INSERT INTO fact SELECT case_id, 6, kind, recorded_at, effective_on, actor, body, hash
                FROM fact WHERE case_id = '\(second)' AND sequence = 5
                """)
        #expect(found == [.factAdded(case: second.text, sequence: 6)])
    }

    @Test("A whole case that was removed is noticed, the last one too", arguments: [2, 3])
    func removedCase(number: Int) async throws {
        let id = number == 2 ? second : third
        let found = try await findings(
            after: "DELETE FROM fact WHERE case_id = '\(id)'", "DELETE FROM case_head WHERE case_id = '\(id)'",
            "DELETE FROM opening WHERE case_id = '\(id)'")
        #expect(found == [.caseMissing(number: number, case: nil)])
    }

    @Test("The last case removed with the ledger wound back is noticed")
    func ledgerWoundBack() async throws {
        let found = try await findings(
            after: "DELETE FROM fact WHERE case_id = '\(third)'", "DELETE FROM case_head WHERE case_id = '\(third)'",
            "DELETE FROM opening WHERE case_id = '\(third)'",
            "UPDATE ledger SET openings = 2, hash = (SELECT hash FROM opening WHERE number = 2)")
        #expect(found == [.ledgerChanged])
    }

    @Test("All facts of a case removed with its head, the opening left, is noticed")
    func emptiedCase() async throws {
        let found = try await findings(
            after: "DELETE FROM fact WHERE case_id = '\(second)'", "DELETE FROM case_head WHERE case_id = '\(second)'")
        #expect(found == [.caseMissing(number: 2, case: second.text)])
    }

    @Test("A changed line of an opening is located")
    func openingChanged() async throws {
        let found = try await findings(
            after: "UPDATE opening SET opened_at = '2020-01-01T00:00:00.000Z' WHERE number = 2")
        #expect(found == [.openingChanged(number: 2)])
    }

    @Test("A changed key is located, and reading the case is refused")
    func keyChanged() async throws {
        let found = try await findings(
            after: """
                UPDATE data_key SET wrapped = zeroblob(60)
                WHERE key_id = (SELECT key_id FROM case_head WHERE case_id = '\(third)')
                """)
        #expect(found == [.keyChanged(case: third.text)])
    }

    @Test("A case with a changed fact cannot be read as if nothing were")
    func refusedToRead() async throws {
        _ = try await findings(after: "UPDATE fact SET effective_on = '2026-01-01' WHERE sequence = 3")
        let store = try Store.open(in: folder, surroundings: world.surroundings)
        let second = second
        await #expect(throws: StoreError.tampered(case: second.text, sequence: 3)) {
            try await store.read { try $0.facts(of: second) }
        }
    }

    @Test("A case whose last fact was removed cannot be read as if nothing were")
    func refusedToReadCut() async throws {
        _ = try await findings(after: "DELETE FROM fact WHERE sequence = 5")
        let store = try Store.open(in: folder, surroundings: world.surroundings)
        let second = second
        await #expect(throws: StoreError.tampered(case: second.text, sequence: 5)) {
            try await store.read { try $0.facts(of: second) }
        }
    }
}
