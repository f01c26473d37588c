import Casework
import Foundation
import Rights
import Synchronization
import TestSupport
import Testing

@testable import Store

/// The database has committed and nobody heard of it: what was written down may be there, and so its bytes stay.
@Suite struct InDoubtTests {
    private let premises: Premises
    private let wire = Wire()

    init() throws {
        premises = try Premises()
    }

    /// Whether answers to commits still arrive.
    private final class Wire: Sendable {
        private let cut = Mutex(false)

        var isCut: Bool { cut.withLock { $0 } }

        func cutNow() {
            cut.withLock { $0 = true }
        }
    }

    /// The engine of a store, at the other end of the wire.
    private struct Unanswered: Engine {
        let engine: any Engine
        let wire: Wire

        func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
            try await engine.read(body)
        }

        func readEverything<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
            try await engine.readEverything(body)
        }

        func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
            try answered(try await engine.write(body))
        }

        func take<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
            try answered(try await engine.take(body))
        }

        func writeLists<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
            try answered(try await engine.writeLists(body))
        }

        func prepare<T>(_ body: (any Connection) throws -> T) throws -> T {
            try answered(try engine.prepare(body))
        }

        func copy(into folder: String) throws {
            try engine.copy(into: folder)
        }

        func close() throws {
            try engine.close()
        }

        private func answered<T>(_ value: T) throws -> T {
            guard !wire.isCut else { throw StoreError.outcomeUnknown }
            return value
        }
    }

    private func casework(of premises: Premises) -> Casework {
        let whole = premises.casework
        let store = Store(engine: Unanswered(engine: whole.store.engine, wire: wire), keyring: whole.store.keyring)
        return Casework(
            store: store, vault: whole.vault, policies: whole.policies, trust: whole.trust,
            surroundings: whole.surroundings)
    }

    @Test("An upload whose row may have been kept keeps its bytes")
    func takingIn() async throws {
        let id = try await premises.casework.begin(premises.request(), by: premises.requester).id
        let key = try await premises.casework.key(of: id)
        let casework = casework(of: premises)
        wire.cutNow()
        await #expect(throws: StoreError.outcomeUnknown) {
            _ = try await casework.takeIn(
                Chunks(bytes: Array("Passport".utf8), size: 7), named: "passport.txt", under: key, into: id,
                from: .staff, by: premises.staff)
        }
        let found = try await premises.casework.verifyFiles()
        #expect(found.files == 1 && found.findings == [])
    }

    @Test("An import whose rows may have been kept keeps the bytes of their files")
    func importing() async throws {
        let folder = try TemporaryFolder()
        let id = try await premises.runningCase()
        _ = try await premises.addRecord("ECG of 3 March", to: id)
        _ = try await premises.casework.export(.everything, into: folder.path + "/export")
        let other = try Premises()
        let casework = casework(of: other)
        await #expect(throws: StoreError.outcomeUnknown) {
            _ = try await casework.importEverything(from: folder.path + "/export") { [wire] step in
                if step.hasPrefix("keeping") { wire.cutNow() }
            }
        }
        let found = try await other.casework.verifyFiles()
        #expect(found.files == 1 && found.findings == [])
    }
}
