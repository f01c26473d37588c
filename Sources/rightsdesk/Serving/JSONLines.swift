import Foundation
import Logging
import Rights
import Synchronization

/// A log for machines: one JSON object a line on the standard error, so that results on the standard output stay
/// clean. What goes in is the caller's business, and the rule is: identifiers and kinds, never a person.
///
/// By hand because no package of the allowed set writes JSON lines; it is a dictionary and an encoder.
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
        var line: [String: String] = [
            "ts": now().description, "level": event.level.rawValue, "log": label, "msg": event.message.description,
        ]
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { _, new in new }) {
            line[key] = value.description
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard var bytes = try? encoder.encode(line) else { return }
        bytes.append(0x0a)
        // One write a line, so that lines of two threads do not mix.
        FileHandle.standardError.write(bytes)
    }
}
