/// Files made of signs a person can read.
enum Texts {
    /// Plain text, a web page or a saved email; nothing for anything else.
    static func kind(head: Bytes, tail: Bytes, whole: Bool) -> FileKind? {
        guard let start = readable(head.all, isWhole: whole),
            readable(tail.all, isWhole: true, cutBefore: !whole) != nil
        else { return nil }
        let text = start.drop { $0.isWhitespace || $0 == "\u{feff}" }
        let opening = text.prefix(64).lowercased()
        let elements = ["!doctype html", "html", "head", "body", "script", "svg", "?php"]
        if opening.first == "<", elements.contains(where: opening.dropFirst().hasPrefix) { return .html }
        if opening.hasPrefix("<?xml") { return text.prefix(512).lowercased().contains("<html") ? .html : .text }
        return isEmail(text) ? .email : .text
    }

    /// The text in UTF-8, UTF-16 with its mark, or Windows-1252; nothing where there are signs no text has.
    private static func readable(_ bytes: [UInt8], isWhole: Bool, cutBefore: Bool = false) -> String? {
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
            let isLittle = bytes[0] == 0xff
            let held = Bytes(bytes)
            let units = stride(from: 2, to: bytes.count - 1, by: 2).compactMap { at -> UInt16? in
                (isLittle ? held.little16(at) : held.big16(at)).map { UInt16($0) }
            }
            guard !units.contains(where: { $0 < 32 && !(9...13).contains($0) }) else { return nil }
            return String(decoding: units, as: UTF16.self)
        }
        guard !bytes.contains(where: { $0 < 32 && !isSpace($0) }), !bytes.contains(127) else {
            // The end of a UTF-16 file has no mark; its zeros are every second byte.
            return cutBefore && looksUTF16(bytes) ? "" : nil
        }
        // A window may begin or end within a sign of several bytes.
        var slice = bytes[...]
        if cutBefore { slice = slice.drop { $0 & 0xc0 == 0x80 } }
        if !isWhole {
            while let last = slice.last, last & 0xc0 == 0x80 { slice.removeLast() }
            if let last = slice.last, last >= 0xc0 { slice.removeLast() }
        }
        if let text = String(validating: slice, as: UTF8.self) { return text }
        // Windows-1252 leaves five places empty.
        guard !bytes.contains(where: { [0x81, 0x8d, 0x8f, 0x90, 0x9d].contains($0) }) else { return nil }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    private static func looksUTF16(_ bytes: [UInt8]) -> Bool {
        let zeros = bytes.indices.filter { bytes[$0] == 0 }
        return zeros.count * 4 > bytes.count && Set(zeros.map { $0 % 2 }).count == 1
    }

    private static func isSpace(_ byte: UInt8) -> Bool { (9...13).contains(byte) }

    /// Two or more of the header fields that mail programs write, before the first empty line.
    private static func isEmail(_ text: Substring) -> Bool {
        let known: Set<String> = [
            "from", "to", "date", "subject", "received", "mime-version", "message-id", "return-path", "delivered-to",
            "content-type", "x-mozilla-status",
        ]
        var found: Set<String> = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line.isEmpty { break }
            if line.first == " " || line.first == "\t" {
                guard index > 0 else { return false }
                continue
            }
            guard let colon = line.firstIndex(of: ":") else { return index > 0 && found.count > 2 }
            let name = line[..<colon].lowercased()
            guard name.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { return false }
            if known.contains(name) { found.insert(name) }
        }
        return found.count > 1 && (found.contains("from") || found.contains("received"))
    }
}
