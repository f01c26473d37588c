import Foundation
import NIOCore

/// What clamd says of itself: `ClamAV 1.0.7/27450/Sat Nov 16 09:40:00 2024`.
package struct ClamdVersion: Hashable, Sendable {
    /// `ClamAV 1.0.7`
    package let program: String
    /// When its virus signatures were made, in seconds since 1970; nothing if it has none.
    package let signatures: Int64?

    /// Reads the answer to `VERSION`; nothing if it is none.
    package init?(_ answer: String) {
        let parts = answer.split(separator: "/", omittingEmptySubsequences: false)
        guard let program = parts.first, program.hasPrefix("ClamAV ") else { return nil }
        self.program = String(program)
        guard parts.count == 3 else {
            signatures = nil
            return
        }
        let reader = DateFormatter()
        reader.locale = Locale(identifier: "en_US_POSIX")
        reader.timeZone = TimeZone(secondsFromGMT: 0)
        reader.dateFormat = "EEE MMM d HH:mm:ss yyyy"
        // Days below 10 come with two spaces before them.
        let text = parts[2].split(separator: " ").joined(separator: " ")
        signatures = reader.date(from: text).map { Int64($0.timeIntervalSince1970) }
    }
}

extension Clamd {
    /// Asks the daemon what it is. Nothing if it cannot be reached or answers something else.
    package func version() async -> ClamdVersion? {
        let answer = try? await connect().executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: "zVERSION\0"))
            return try await Clamd.collect(inbound)
        }
        return answer.flatMap { ClamdVersion(String($0.prefix { $0 != "\0" && !$0.isNewline })) }
    }
}
