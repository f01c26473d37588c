import ArgumentParser
import Casework
import Foundation
import Rights
import Store

/// Measures the same things on trusts of several sizes, on both engines, and what each costs more on the larger.
struct ScaleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scale", abstract: "Measure how the cost of each thing grows with the number of cases.")

    @Option(help: "The folder for the made-up trusts, one below it for each size and engine. They are filled once.")
    var data = FileManager.default.temporaryDirectory.appending(path: "rightsdesk-scale").path

    @Option(help: "The numbers of cases, the smallest first: what the larger cost is compared with it.")
    var sizes = "1000,10000,100000"

    @Option(
        help: "A PostgreSQL server on this machine whose user may make databases; without one only SQLite is measured.")
    var server: String?

    @Flag(help: "Leave SQLite out.")
    var onlyServer = false

    @Flag(help: "Fill what is missing and measure nothing.")
    var onlyFill = false

    @OptionGroup var served: ServedOptions

    @Option(help: "How many connections ask at once.")
    var connections = 4

    @Option(help: "How many rounds; the median of them counts.")
    var rounds = 3

    func run() async throws {
        let sizes = sizes.split(separator: ",").compactMap { Int($0) }
        guard let smallest = sizes.first, sizes == sizes.sorted(), smallest > 0 else {
            throw ValidationError("Say the sizes as numbers with commas between, the smallest first.")
        }
        if !onlyServer {
            try await measure("SQLite", sizes) { size in Place(folder: "\(data)/sqlite-\(size)", database: nil) }
        }
        if let server {
            let databases = try DatabaseServer(server)
            try await measure("PostgreSQL", sizes) { size in
                Place(
                    folder: "\(data)/postgresql-\(size)", database: try databases.database("rightsdesk_scale_\(size)"))
            }
        }
    }

    /// Where a trust is kept.
    private struct Place {
        let folder: String
        let database: String?
    }

    private func measure(_ engine: String, _ sizes: [Int], in place: (Int) throws -> Place) async throws {
        var table = ScaleTable(engine: engine)
        for size in sizes {
            let place = try place(size)
            let address = try place.database.map { try PostgreSQLAddress($0) }
            let trust = try await SeededTrust.open(in: place.folder, on: address, cases: size)
            guard !onlyFill else {
                try trust.casework.store.close()
                continue
            }
            let database = place.database.map { DatabaseWork(of: $0) }
            let work = try await WorkerMeasurement.run(on: trust, database)
            let session = try await trust.deskSession()
            try trust.casework.store.close()
            let server = try served.start(data: place.folder, database: place.database)
            let visitor = try Visitor(port: server.port, session: session)
            var measurement = ScaleMeasurement(
                of: server, database, connections: connections, rounds: rounds, cases: trust.cases)
            table.add(try measurement.run(visitor, today: trust.casework.surroundings.today), work, of: size)
            print(table.column(size))
        }
        if !onlyFill { print(table.text) }
    }
}
