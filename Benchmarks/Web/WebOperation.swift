import Casework
import Foundation
import NIOCore
import Rights

/// One thing that is asked of the server, over and over.
struct WebOperation: Sendable {
    let name: String
    /// How often in one round.
    let count: Int
    /// The best that any of five well-known case systems needed, and what we set ourselves, in milliseconds of CPU;
    /// measured on two cores with 10,000 cases.
    var best: Double?
    var goal: Double?
    /// Does it once. Each number comes once for each operation.
    let perform: @Sendable (KeptConnection, _ number: Int) throws -> Void
}

/// A member of staff at the desk of a served trust.
struct Visitor: Sendable {
    let port: Int
    let session: String
    /// What proves that a form came from a page of the desk.
    let secret: String

    init(port: Int, session: String) throws {
        self.port = port
        self.session = session
        let head = Self.head("GET", "/intake", port: port, session: session)
        let page = try KeptConnection(port: port).exchange(head, keeping: true)
        let text = String(decoding: page.body, as: UTF8.self)
        guard let start = text.range(of: "name=\"csrf\" value=\"")?.upperBound,
            let end = text[start...].firstIndex(of: "\"")
        else { throw Unexpected(what: "GET /intake", status: page.status) }
        secret = String(text[start..<end])
    }

    /// Asks for a page or a file.
    func get(
        _ path: String, on connection: KeptConnection, expecting size: PartialRangeFrom<Int>, keeping: Bool = false
    ) throws -> KeptConnection.Answer {
        let answer = try connection.exchange(
            Self.head("GET", path, port: port, session: session), keeping: keeping)
        guard answer.status == 200, size.contains(answer.size) else {
            throw Unexpected(what: "GET \(path)", status: answer.status)
        }
        return answer
    }

    /// Sends a form. Returns where the server leads on.
    func post(_ path: String, type: String, _ body: [[UInt8]], on connection: KeptConnection) throws -> String {
        let head =
            Self.head("POST", path, port: port, session: session)
            + "\r\nSec-Fetch-Site: same-origin\r\nContent-Type: \(type)"
        let answer = try connection.exchange(head, body)
        guard answer.status == 303, let location = answer.header("location") else {
            throw Unexpected(what: "POST \(path)", status: answer.status)
        }
        return location
    }

    /// Logs a request that came by letter. Returns where the server leads on: the case.
    func log(_ person: PersonName, on today: Day, by connection: KeptConnection) throws -> String {
        let parts = today.parts
        let date = "%5Bday%5D=\(parts.day)&received-on%5Bmonth%5D=\(parts.month)&received-on%5Byear%5D=\(parts.year)"
        func encoded(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        }
        let fields =
            "csrf=\(secret)&compared=1&channel=letter&application-type=living&capacity=patient&received-on\(date)"
            + "&scope=All+my+records&subject-given-name=\(encoded(person.given))"
            + "&subject-family-name=\(encoded(person.family))"
        return try post(
            "/intake", type: "application/x-www-form-urlencoded", [Array(fields.utf8)], on: connection)
    }

    private static func head(_ method: String, _ path: String, port: Int, session: String) -> String {
        "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nCookie: rightsdesk-desk-session=\(session)"
    }
}

/// The server answered something else than what is measured.
struct Unexpected: Error, CustomStringConvertible {
    let what: String
    let status: Int

    var description: String { "\(what) was answered with \(status), or with too little." }
}

extension WebOperation {
    /// The base of all ratios: an answer without a session or a database.
    static func plaintext(_ visitor: Visitor) -> WebOperation {
        WebOperation(name: "plaintext", count: 8000) { connection, _ in
            _ = try visitor.get("/health/live", on: connection, expecting: 1...)
        }
    }

    /// What demand 16 of the product names, as a member of staff does it.
    static func all(of door: OpenDoor, _ visitor: Visitor, today: Day) -> [WebOperation] {
        let words = ["smith", "grace", "o%E2%80%99neill", "999+00", "rah"]
        let warm = Array(door.cases.suffix(40))
        // Half of the cases are open, and every page asked for is a full one, of the first that people look at.
        let pages = max(1, min(5, door.cases.count / 100))
        return [
            WebOperation(name: "list of 50, newest first", count: 600, best: 40, goal: 1) { connection, number in
                _ = try visitor.get("/requests?page=\(1 + number % pages)", on: connection, expecting: 20_000...)
            },
            WebOperation(name: "list of 50, due next (Today)", count: 600, best: 40, goal: 1) { connection, number in
                _ = try visitor.get("/?page=\(1 + number % pages)", on: connection, expecting: 20_000...)
            },
            WebOperation(name: "search", count: 600, best: 13, goal: 1.3) { connection, number in
                _ = try visitor.get(
                    "/search?q=\(words[number % words.count])", on: connection, expecting: 10_000...)
            },
            WebOperation(name: "open a case, first time", count: 400, best: 39, goal: 2) { connection, number in
                let id = door.cases[number % door.cases.count]
                _ = try visitor.get("/cases/\(id)", on: connection, expecting: 10_000...)
            },
            WebOperation(name: "open a case again", count: 600, best: 39, goal: 2) { connection, number in
                _ = try visitor.get("/cases/\(warm[number % warm.count])", on: connection, expecting: 10_000...)
            },
            create(visitor, today: today),
            WebOperation(name: "download 10 MB", count: 100, best: 10, goal: 5) { connection, _ in
                let path = "/cases/\(door.releasedCase)/files/\(door.releasedFile)"
                _ = try visitor.get(path, on: connection, expecting: 10_000_000...)
            },
        ]
    }

    /// A request that came by letter, and its scan of a megabyte: two forms.
    private static func create(_ visitor: Visitor, today: Day) -> WebOperation {
        let parts = today.parts
        let boundary = "----------a-boundary-as-browsers-make-it"
        func field(_ name: String, _ value: String) -> String {
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        let before =
            field("csrf", visitor.secret) + field("purpose", "correspondence")
            + field("arrived-on[day]", "\(parts.day)") + field("arrived-on[month]", "\(parts.month)")
            + field("arrived-on[year]", "\(parts.year)")
            + "--\(boundary)\r\nContent-Disposition: form-data; name=\"files\"; filename=\"letter.pdf\"\r\n"
            + "Content-Type: application/pdf\r\n\r\n"
        let upload = [
            Array(before.utf8), Array(Benchmark.pdf(size: 1_000_000).readableBytesView),
            Array("\r\n--\(boundary)--\r\n".utf8),
        ]
        return WebOperation(name: "create with 1 MB", count: 80, best: 43, goal: 5) { connection, number in
            let person = MadeUpPerson(3_000_000 + number).subject.name
            let made = try visitor.log(person, on: today, by: connection)
            _ = try visitor.post(
                "\(made.prefix { $0 != "?" })/files", type: "multipart/form-data; boundary=\(boundary)", upload,
                on: connection)
        }
    }
}
