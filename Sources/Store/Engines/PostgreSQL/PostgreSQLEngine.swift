/// PostgreSQL 15 or later through libpq: the engine of several nodes.
///
/// Written by hand because of the libraries that speak its protocol none runs a unit of work synchronously, and a hop
/// between threads for each statement was measured to cost as much as the statement.
struct PostgreSQLEngine: Engine {
    private let pool: PostgreSQLPool

    init(_ address: PostgreSQLAddress, limits: PostgreSQLPool.Limits = PostgreSQLPool.Limits()) {
        pool = PostgreSQLPool(address, limits: limits)
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await pool.run(isCancellable: true) { try $0.read(body) }
    }

    func readEverything<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await pool.run(isCancellable: true) { try $0.readEverything(body) }
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await pool.run(isCancellable: false) { try $0.write(body) }
    }

    func take<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await pool.run(isCancellable: false) { try $0.take(body) }
    }

    func writeLists<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await pool.run(isCancellable: false) { try $0.writeLists(body) }
    }

    func prepare<T>(_ body: (any Connection) throws -> T) throws -> T {
        try pool.runFirst { try $0.prepare(body) }
    }

    func copy(into folder: String) throws {
        throw StoreError.unsuitable("a database server is copied with its own tools, such as pg_dump")
    }

    func close() throws {
        try pool.close()
    }
}
