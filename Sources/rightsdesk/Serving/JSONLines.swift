import Foundation
import Logging
import Rights
import Synchronization

/// A log for machines: one JSON object a line on the standard error, so that results on the standard output stay
/// clean. What goes in is the caller's business, and the rule is: identifiers and kinds, never a person.
///
/// By hand because no package of the allowed set writes JSON lines. Without an encoder, because there is a line for
/// every request and Foundation's took longer for it than a small request takes otherwise.
struct JSONLines: LogHandler {
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]
    private let label: String
    private let now: @Sendable () -> Moment

    init(label: String, now: @escaping @Sendable () -> Moment) {
        self.label = label
        self.now = now
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:], uniquingKeysWith: { _, new in new })
        var line = Array("{".utf8)
        line.append("ts", now().description)
        line.append("level", event.level.rawValue)
        line.append("log", label)
        line.append("msg", event.message.description)
        for (key, value) in all.sorted(by: { $0.key < $1.key }) { line.append(key, value.description) }
        line += "}\n".utf8
        // One write a line, so that lines of two threads do not mix.
        FileHandle.standardError.write(Data(line))
    }
}

extension [UInt8] {
    /// Appends a member of a JSON object, after a comma where it is not the first.
    fileprivate mutating func append(_ key: String, _ value: String) {
        if last != UInt8(ascii: "{") { append(UInt8(ascii: ",")) }
        appendQuoted(key)
        append(UInt8(ascii: ":"))
        appendQuoted(value)
    }

    /// Appends a JSON string (RFC 8259, section 7): so that no value can end its line or its quotes.
    private mutating func appendQuoted(_ text: String) {
        append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): self += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: self += "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }
}
