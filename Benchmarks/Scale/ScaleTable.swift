import Foundation

/// What was measured at each size, side by side.
struct ScaleTable {
    private let engine: String
    private var columns: [(size: Int, result: ScaleMeasurement.Result, work: WorkerMeasurement)] = []

    init(engine: String) { self.engine = engine }

    mutating func add(_ result: ScaleMeasurement.Result, _ work: WorkerMeasurement, of size: Int) {
        columns.append((size, result, work))
    }

    /// One size by itself, as soon as it is known.
    func column(_ size: Int) -> String {
        guard let column = columns.first(where: { $0.size == size }) else { return "" }
        let lines = column.result.costs.map { cost in
            name(cost.name)
                + String(format: "%9.3f %9.3f %9.3f %9.1f", cost.server, cost.database, cost.sum, cost.ratio)
        }
        return """
            \(engine), \(size) cases: CPU ms of the server, of the database, of both; ratio over /health/live
            \(lines.joined(separator: "\n"))
            \(column.work.text)
            memory of the server: \(column.result.memory.resident / 1_000_000) MB, at most \
            \(column.result.memory.most / 1_000_000) MB

            """
    }

    /// The curve: the cost at each size over the cost at the smallest.
    var text: String {
        guard let first = columns.first else { return "" }
        let head =
            name("\(engine): CPU ms and ratio")
            + columns.map { String(format: "%9d %7s ", $0.size, "") }.joined()
            + columns.dropFirst().map { String(format: " x%7d", $0.size) }.joined()
        let lines = first.result.costs.indices.map { row in
            let costs = columns.map { $0.result.costs[row] }
            let figures = costs.map { String(format: "%9.3f (%5.1f) ", $0.sum, $0.ratio) }
            let growth = costs.dropFirst().map { String(format: " %8.2f", $0.sum / costs[0].sum) }
            return name(costs[0].name) + figures.joined() + growth.joined()
        }
        let work = columns.map { "\($0.size): \($0.work.text)" }
        let memory = columns.map { "\($0.size): memory of the server \($0.result.memory.resident / 1_000_000) MB" }
        return ([head] + lines + work + memory).joined(separator: "\n") + "\n"
    }

    private func name(_ text: String) -> String { text.padding(toLength: 30, withPad: " ", startingAt: 0) }
}
