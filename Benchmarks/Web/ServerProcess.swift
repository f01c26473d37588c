import Foundation

/// A `rightsdesk serve` of its own, on this machine alone, with what the system says of its work.
final class ServerProcess {
    let port: Int
    private let process = Process()

    /// Starts the program on a data folder and waits until it has done what it does at the beginning.
    ///
    /// - Parameters:
    ///   - program: the path of `rightsdesk`, built for release.
    ///   - database: the URL of a PostgreSQL database; without one the data is in the folder.
    init(_ program: String, data: String, database: String? = nil, assets: String) throws {
        port = try Self.freePort()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["serve"]
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("RIGHTSDESK_") }
        environment["RIGHTSDESK_DATA"] = data
        environment["RIGHTSDESK_DATABASE"] = database
        environment["RIGHTSDESK_ASSETS"] = assets
        environment["RIGHTSDESK_PORTAL_LISTEN"] = "127.0.0.1:\(try Self.freePort())"
        environment["RIGHTSDESK_DESK_LISTEN"] = "127.0.0.1:\(port)"
        // No scanner: what a scan costs is the scanner's.
        environment["RIGHTSDESK_CLAMD"] = "none"
        process.environment = environment
        // A line of log a request, written to a file as a service's are.
        let log = data + "/server.log"
        try Data().write(to: URL(filePath: log))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: log))
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        try waitUntilItAnswers(log: log)
    }

    deinit {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    /// Seconds of CPU that the process has used, its kernel work included.
    func cpuSeconds() throws -> Double {
        guard let seconds = Self.cpuSeconds(of: "\(process.processIdentifier)") else {
            throw Broken("reading the CPU time")
        }
        return seconds
    }

    /// The same of any process; nothing if there is none.
    static func cpuSeconds(of process: String) -> Double? {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return nil }
        // The name in brackets may hold spaces. After it the state is field 3; user and system time are 14 and 15.
        let fields = text.drop { $0 != ")" }.dropFirst(2).split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return nil }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// How many files and sockets it holds open.
    static func handles(of id: Int32) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/fd").count
    }

    /// The memory of the process in bytes.
    struct Memory {
        /// All that is resident, and how much of it are pages of files, which the system can take back.
        let resident: Int
        let ofFiles: Int
        /// The most that ever was resident.
        let most: Int
    }

    func memory() throws -> Memory { try Self.memory(of: id) }

    /// The number of the process, by which any thread may look at it.
    var id: Int32 { process.processIdentifier }

    static func memory(of id: Int32) throws -> Memory {
        let text = try String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
        func bytes(_ name: String) throws -> Int {
            let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
            guard let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
            else { throw Broken("reading the memory") }
            return kilobytes * 1024
        }
        return Memory(resident: try bytes("VmRSS"), ofFiles: try bytes("RssFile"), most: try bytes("VmHWM"))
    }

    /// Waits until the process has nothing to do: the worker begins with what is overdue.
    func waitUntilQuiet() throws {
        for _ in 0..<600 {
            let before = try cpuSeconds()
            Thread.sleep(forTimeInterval: 1)
            if try cpuSeconds() - before < 0.02 { return }
        }
        throw Broken("waiting for the server to come to rest")
    }

    private func waitUntilItAnswers(log: String) throws {
        for _ in 0..<600 {
            if let connection = try? KeptConnection(port: port),
                let answer = try? connection.exchange("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1:\(port)"),
                answer.status == 200
            {
                return
            }
            guard process.isRunning else {
                let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
                throw ServerEnded(said: said)
            }
            Thread.sleep(forTimeInterval: 0.1)
        }
        throw Broken("waiting for the server")
    }

    /// A port that nobody listens on.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let found = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard found else { throw Broken("bind") }
        return Int(in_port_t(bigEndian: address.sin_port))
    }
}

/// The program ended instead of serving.
struct ServerEnded: Error, CustomStringConvertible {
    let said: String

    var description: String { "The server ended: \(said)" }
}
