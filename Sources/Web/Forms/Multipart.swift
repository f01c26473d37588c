import NIOCore

/// Why the body of an upload cannot be read on.
enum MultipartProblem: Error, Hashable {
    /// The content type names no boundary, or one that is no good.
    case noBoundary
    /// The bytes are not what the content type says, or end too early: the connection was lost.
    case malformed
    /// More than was allowed altogether.
    case tooMuch
    /// It came so slowly that it holds a place others need.
    case tooSlow
}

/// Reads `multipart/form-data` (RFC 7578) from pieces of any size, one part after the other, so that a file of any
/// length passes through a few kilobytes of memory. No package that may be used here has such a reader.
struct MultipartReader {
    /// What the next part says of itself.
    struct Head: Hashable {
        var name: String
        /// The name the sender's machine has for the file; nothing for a plain field.
        var filename: String?
        var type: String
    }

    private let delimiter: [UInt8]
    private let pull: () async throws -> ByteBuffer?
    /// What was read and not yet given on. Begins with a line end of our own, so that the first boundary looks like
    /// every other.
    private var held: [UInt8] = [0x0d, 0x0a]
    private var from = 0
    private var place = Place.preamble

    private enum Place {
        /// Before the first part; read like a part and thrown away.
        case preamble
        case part
        /// A delimiter was taken; after it comes either `--` or a line end.
        case between
        case end
    }

    /// - Parameter pull: gives the next bytes of the body, or nothing at its end.
    init(boundary: String, pull: @escaping () async throws -> ByteBuffer?) {
        delimiter = [0x0d, 0x0a, 0x2d, 0x2d] + Array(boundary.utf8)
        self.pull = pull
    }

    /// The boundary that a content type names, if it is one.
    static func boundary(of contentType: String) -> String? {
        let parts = contentType.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.first?.trimmed().lowercased() == "multipart/form-data" else { return nil }
        for part in parts.dropFirst() {
            let pair = part.trimmed()
            guard pair.lowercased().hasPrefix("boundary=") else { continue }
            var value = pair.dropFirst("boundary=".count)
            if value.count >= 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
            let isGood = (1...70).contains(value.utf8.count) && value.utf8.allSatisfy { (0x21...0x7e).contains($0) }
            return isGood ? String(value) : nil
        }
        return nil
    }

    /// Goes on to the next part; nothing after the last one. Whatever is left of the part before is passed over.
    mutating func nextPart() async throws -> Head? {
        while try await nextBytes() != nil {}
        guard place == .between else { return nil }
        try await fill(2)
        if held[from] == 0x2d, held[from + 1] == 0x2d {
            place = .end
            // An epilogue is read and thrown away, so that the connection can be used again.
            while try await pull() != nil {}
            return nil
        }
        var lines: [String] = []
        var total = 0
        try await skipLineEnd()
        while true {
            let line = try await headerLine()
            if line.isEmpty { break }
            total += line.utf8.count
            guard total <= 8_192, lines.count < 20 else { throw MultipartProblem.malformed }
            lines.append(line)
        }
        place = .part
        return try Self.head(lines)
    }

    /// The next bytes of the current part, or nothing at its end.
    mutating func nextBytes() async throws -> ArraySlice<UInt8>? {
        guard place == .preamble || place == .part else { return nil }
        while true {
            if let found = held.firstRange(of: delimiter, from: from) {
                let bytes = held[from..<found]
                if bytes.isEmpty {
                    from = found + delimiter.count
                    place = .between
                    return nil
                }
                from = found
                return bytes
            }
            // The last bytes may be the beginning of a delimiter: all but they can be given on.
            let safe = held.count - from - (delimiter.count - 1)
            if safe > 0 {
                let bytes = held[from..<(from + safe)]
                from += safe
                return bytes
            }
            try await more()
        }
    }

    private mutating func more() async throws {
        guard let buffer = try await pull() else { throw MultipartProblem.malformed }
        if from > 0 {
            held.removeFirst(from)
            from = 0
        }
        held.append(contentsOf: buffer.readableBytesView)
    }

    private mutating func fill(_ count: Int) async throws {
        while held.count - from < count { try await more() }
    }

    private mutating func skipLineEnd() async throws {
        // RFC 2046 lets spaces stand between the boundary and the line end.
        while held[from] == 0x20 || held[from] == 0x09 {
            from += 1
            try await fill(2)
        }
        guard held[from] == 0x0d, held[from + 1] == 0x0a else { throw MultipartProblem.malformed }
        from += 2
    }

    private mutating func headerLine() async throws -> String {
        while true {
            if let end = held.firstRange(of: [0x0d, 0x0a], from: from) {
                let line = String(decoding: held[from..<end], as: UTF8.self)
                from = end + 2
                return line
            }
            guard held.count - from <= 8_192 else { throw MultipartProblem.malformed }
            try await more()
        }
    }

    private static func head(_ lines: [String]) throws -> Head {
        var head: Head?
        var type = "text/plain"
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { throw MultipartProblem.malformed }
            let value = line[line.index(after: colon)...].trimmed()
            switch line[..<colon].lowercased() {
            case "content-disposition":
                let parameters = disposition(value)
                guard let name = parameters["name"] else { throw MultipartProblem.malformed }
                head = Head(name: name, filename: parameters["filename"], type: type)
            case "content-type": type = value.lowercased()
            default: break
            }
        }
        guard var head else { throw MultipartProblem.malformed }
        head.type = type
        return head
    }

    /// The parameters of a `Content-Disposition: form-data` as browsers write them: in quotes, with `"`, CR and LF as
    /// `%22`, `%0D` and `%0A` (HTML standard, "multipart/form-data encoding algorithm"). Read by bytes: a quote
    /// followed by a combining mark is one `Character` and would neither begin nor end a value.
    private static func disposition(_ value: String) -> [String: String] {
        var parameters: [String: String] = [:]
        var rest = Array(value.utf8)[...].drop { $0 != 0x3b }
        while rest.first == 0x3b {
            rest = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
            let key = rest.prefix { $0 != 0x3d && $0 != 0x3b }
            rest = rest.dropFirst(key.count)
            guard rest.first == 0x3d else { continue }
            rest = rest.dropFirst()
            var found: [UInt8] = []
            if rest.first == 0x22 {
                rest = rest.dropFirst()
                while let byte = rest.popFirst(), byte != 0x22 {
                    let isEscape = byte == 0x5c && (rest.first == 0x22 || rest.first == 0x5c)
                    found.append(isEscape ? rest.removeFirst() : byte)
                }
            } else {
                found = Array(rest.prefix { $0 != 0x3b })
                rest = rest.dropFirst(found.count)
            }
            parameters[String(decoding: key, as: UTF8.self).trimmed().lowercased()] =
                String(decoding: found, as: UTF8.self)
                .replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
            rest = rest.drop { $0 != 0x3b }
        }
        return parameters
    }
}

extension [UInt8] {
    /// Where the pattern first begins at or after an index.
    fileprivate func firstRange(of pattern: [UInt8], from: Int) -> Int? {
        guard let first = pattern.first, count - from >= pattern.count else { return nil }
        return withUnsafeBufferPointer { bytes in
            var index = from
            let last = bytes.count - pattern.count
            search: while index <= last {
                guard bytes[index] == first else {
                    index += 1
                    continue
                }
                for offset in 1..<pattern.count where bytes[index + offset] != pattern[offset] {
                    index += 1
                    continue search
                }
                return index
            }
            return nil
        }
    }
}

extension StringProtocol {
    /// Without spaces and tabs at both ends. Looked for byte by byte: every cookie and header goes through here, and
    /// to find the ends of characters took a tenth of a small request.
    func trimmed() -> String {
        let bytes = Substring(self).utf8
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(Substring(bytes[first...last]))
    }
}
