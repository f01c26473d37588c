import Foundation

/// The settings of one trust of several: a file `meadowbank.env` of lines `RIGHTSDESK_NAME=value`, as systemd's
/// `EnvironmentFile=` has them. The trust's code is the file's name.
struct TrustFile: Sendable {
    let code: String
    let values: [String: String]
    private(set) var faults: [SettingsFault] = []

    var name: String { TrustFile.name(of: code) }

    static func name(of code: String) -> String { code + ending }
    static let ending = ".env"

    /// What a code may be: it stands in commands, in the log and in the figures.
    static func isCode(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count) && !text.hasPrefix("-")
            && text.utf8.allSatisfy {
                (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
            }
    }

    init(code: String, text: String) {
        self.code = code
        let file = TrustFile.name(of: code)
        var values: [String: String] = [:]
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let place = "line \(index + 1)"
            guard let sign = line.firstIndex(of: "="), line.hasPrefix("RIGHTSDESK_") else {
                // Not repeated: it may be a secret that slipped into a line of its own.
                faults.append(SettingsFault(file: file, name: place, text: "write it as RIGHTSDESK_NAME=value"))
                continue
            }
            let name = line[..<sign].trimmingCharacters(in: .whitespaces)
            let value = TrustFile.unquoted(line[line.index(after: sign)...].trimmingCharacters(in: .whitespaces))
            if values.updateValue(value, forKey: name) != nil {
                faults.append(SettingsFault(file: file, name: place, text: "\(name) stands here for the second time"))
            }
        }
        self.values = values
    }

    /// A value may stand in quotes, as a shell wants it for one with spaces.
    private static func unquoted(_ value: String) -> String {
        guard value.count >= 2, let quote = value.first, quote == "\"" || quote == "'", value.last == quote else {
            return value
        }
        return String(value.dropFirst().dropLast())
    }
}
