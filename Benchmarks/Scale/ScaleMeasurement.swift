import Foundation
import Rights

/// What each operation costs on a trust of one size: CPU of the server, and of the database where that is another.
struct ScaleMeasurement {
    /// One operation, in milliseconds of CPU.
    struct Cost {
        let name: String
        let server: Double
        let database: Double
        /// Over an answer without a session or a database, in the same run.
        let ratio: Double

        var sum: Double { server + database }
    }

    struct Result {
        let costs: [Cost]
        let memory: ServerProcess.Memory
    }

    private let server: ServerProcess
    private let database: DatabaseWork?
    private let connections: Int
    private let rounds: Int
    private let cases: [Case.ID]
    private var done: [String: Int] = [:]
    private var found: [String: [(server: Double, database: Double)]] = [:]

    init(of server: ServerProcess, _ database: DatabaseWork?, connections: Int, rounds: Int, cases: [Case.ID]) {
        self.server = server
        self.database = database
        self.connections = connections
        self.rounds = rounds
        self.cases = cases
    }

    mutating func run(_ visitor: Visitor, today: Day) throws -> Result {
        let operations = [.plaintext(visitor)] + WebOperation.ofAnySize(visitor, cases: cases, today: today)
        for operation in operations { try repeatedly(operation, connections * 8) }
        for _ in 0..<rounds {
            for operation in operations {
                let start = (server: try server.cpuSeconds(), database: try database?.cpuSeconds() ?? 0)
                let count = try repeatedly(operation, operation.count)
                let perOne = 1000 / Double(count)
                found[operation.name, default: []].append(
                    (
                        server: (try server.cpuSeconds() - start.server) * perOne,
                        database: (try database?.cpuSeconds() ?? 0) * perOne - start.database * perOne
                    ))
            }
        }
        let base = middle(operations[0]).server
        let costs = operations.map { operation in
            let middle = middle(operation)
            return Cost(
                name: operation.name, server: middle.server, database: middle.database,
                ratio: (middle.server + middle.database) / base)
        }
        return Result(costs: costs, memory: try server.memory())
    }

    private func middle(_ operation: WebOperation) -> (server: Double, database: Double) {
        let values = (found[operation.name] ?? []).sorted { $0.server + $0.database < $1.server + $1.database }
        return values.isEmpty ? (0, 0) : values[values.count / 2]
    }

    @discardableResult
    private mutating func repeatedly(_ operation: WebOperation, _ count: Int) throws -> Int {
        let each = (count + connections - 1) / connections
        let start = done[operation.name] ?? 0
        done[operation.name] = start + each * connections
        try server.together(connections) { connection, place in
            for number in 0..<each { try operation.perform(connection, start + place * each + number) }
        }
        return each * connections
    }
}
