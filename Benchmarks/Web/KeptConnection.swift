import Foundation

/// One connection to a server on this machine that is kept for many requests, as a browser keeps it. It blocks the
/// thread that uses it.
///
/// By hand, because a client that shares its threads with what it measures, or that opens a connection for each
/// request, would be measured too.
final class KeptConnection {
    struct Answer {
        let status: Int
        /// In small letters, without the status line.
        let headers: String
        /// How long the body was. The bytes themselves are kept only where they were asked for.
        let size: Int
        let body: [UInt8]

        /// The value of a header; nothing where there is none.
        func header(_ name: String) -> String? {
            headers.split(separator: "\r\n").first { $0.hasPrefix(name + ":") }
                .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
        }
    }

    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 256 * 1024)

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Broken("socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard connected == 0 else {
            close(descriptor)
            throw Broken("connect")
        }
        // A request in two pieces would otherwise wait for the answer to the first.
        var isOn: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(descriptor) }

    /// Sends a request and reads the whole answer.
    ///
    /// - Parameters:
    ///   - head: everything before the empty line, without the length of the body.
    ///   - keeping: whether the body is kept; where it is long it only costs time.
    func exchange(_ head: String, _ body: [[UInt8]] = [], keeping: Bool = false) throws -> Answer {
        let length = body.isEmpty ? "" : "Content-Length: \(body.reduce(0) { $0 + $1.count })\r\n"
        try send(Array("\(head)\r\n\(length)\r\n".utf8))
        for part in body { try send(part) }
        return try receive(keeping: keeping)
    }

    private func send(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count, let base = bytes.baseAddress {
                let count = Foundation.send(descriptor, base + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
                guard count > 0 else { throw Broken("send") }
                sent += count
            }
        }
    }

    private func receive(keeping: Bool) throws -> Answer {
        var filled = 0
        var end: Int?
        while end == nil {
            guard filled < buffer.count else { throw Broken("headers") }
            filled += try receive(at: filled)
            end = buffer[..<filled].firstRange(of: Array("\r\n\r\n".utf8))?.lowerBound
        }
        let lines = String(decoding: buffer[..<(end ?? 0)], as: UTF8.self)
        let headers = lines.drop { $0 != "\r\n" }.dropFirst().lowercased()
        guard let status = Int(lines.dropFirst("HTTP/1.1 ".count).prefix(3)) else { throw Broken("status") }
        let start = (end ?? 0) + 4
        let known = Answer(status: status, headers: headers, size: 0, body: [])
        guard known.header("transfer-encoding") == nil else { throw Broken("length") }
        let size = known.header("content-length").flatMap { Int($0) } ?? 0
        var body = keeping ? Array(buffer[start..<filled]) : []
        var left = size - (filled - start)
        while left > 0 {
            let count = try receive(at: 0)
            if keeping { body += buffer[..<count] }
            left -= count
        }
        return Answer(status: status, headers: headers, size: size, body: body)
    }

    private func receive(at place: Int) throws -> Int {
        let count = buffer.withUnsafeMutableBytes { bytes -> Int in
            guard let base = bytes.baseAddress else { return 0 }
            return recv(descriptor, base + place, bytes.count - place, 0)
        }
        guard count > 0 else { throw Broken("receive") }
        return count
    }
}

/// The server did not answer as a server should.
struct Broken: Error, CustomStringConvertible {
    let description: String

    init(_ what: String) {
        description = "\(what) failed: \(String(cString: strerror(errno)))"
    }
}
