import Foundation

/// CPU of a server process for each thing asked of it, and its memory.
struct WebMeasurement {
    let server: ServerProcess
    /// How many connections ask at once.
    let connections: Int
    let rounds: Int
    /// How often each operation was done so far.
    private var done: [String: Int] = [:]
    private var found: [String: [Double]] = [:]

    init(of server: ServerProcess, connections: Int, rounds: Int) {
        self.server = server
        self.connections = connections
        self.rounds = rounds
    }

    /// Measures all, prints a table, and then the memory.
    mutating func report(_ plaintext: WebOperation, _ operations: [WebOperation]) throws {
        let idle = try server.memory()
        // What is done for the first time costs more: statements are prepared, pages are read from the disk.
        for operation in [plaintext] + operations { _ = try run(operation, count: connections * 2) }
        for _ in 0..<rounds {
            for operation in [plaintext] + operations {
                let start = try server.cpuSeconds()
                let count = try run(operation, count: operation.count)
                found[operation.name, default: []].append((try server.cpuSeconds() - start) * 1000 / Double(count))
            }
        }
        let base = median(of: plaintext)
        print("operation                       CPU ms   lowest  highest    ratio  best of five   goal")
        for operation in [plaintext] + operations { print(line(operation, over: base)) }
        try reportMemory(idle, operations)
    }

    private func line(_ operation: WebOperation, over base: Double) -> String {
        let values = found[operation.name] ?? []
        let middle = median(of: operation)
        func number(_ value: Double?, _ format: String) -> String {
            value.map { String(format: format, $0) } ?? ""
        }
        let name = operation.name.padding(toLength: 30, withPad: " ", startingAt: 0)
        let figures = String(
            format: "%8.3f %8.3f %8.3f %8.1f", middle, values.min() ?? 0, values.max() ?? 0, middle / base)
        guard let goal = operation.goal else { return name + figures }
        let verdict = middle <= goal ? "met" : "missed"
        return name + figures + number(operation.best, "%14.0f") + number(operation.goal, "%7.1f") + "  \(verdict)"
    }

    private func median(of operation: WebOperation) -> Double {
        let values = (found[operation.name] ?? []).sorted()
        return values.isEmpty ? 0 : values[values.count / 2]
    }

    /// Sixteen connections ask for everything at once, files among it.
    private mutating func reportMemory(_ idle: ServerProcess.Memory, _ operations: [WebOperation]) throws {
        let measured = try server.memory()
        try server.together(16) { [done] connection, place in
            for number in 0..<60 {
                let operation = operations[(place + number) % operations.count]
                try operation.perform(connection, (done[operation.name] ?? 0) + place * 60 + number)
            }
        }
        let loaded = try server.memory()
        func text(_ memory: ServerProcess.Memory) -> String {
            "\(memory.resident / 1_000_000) MB (of it \(memory.ofFiles / 1_000_000) MB pages of files)"
        }
        print(
            """

            memory after the start          \(text(idle))
            memory after the measurements   \(text(measured))
            memory after 16 at once         \(text(loaded))
            the most at any time            \(loaded.most / 1_000_000) MB       best of five 258, goal 120
            """)
    }

    /// Does an operation about so often, and returns how often.
    private mutating func run(_ operation: WebOperation, count: Int) throws -> Int {
        let each = (count + connections - 1) / connections
        let start = done[operation.name] ?? 0
        done[operation.name] = start + each * connections
        try server.together(connections) { connection, place in
            for number in 0..<each { try operation.perform(connection, start + place * each + number) }
        }
        return each * connections
    }
}
