/// The text that Prometheus reads (exposition format 0.0.4).
package struct MetricsPage: Sendable {
    package enum Kind: String, Sendable {
        case counter
        case gauge
        case histogram
    }

    package private(set) var text = ""
    private var name = ""

    package init() {}

    /// Begins a metric; values follow.
    package mutating func begin(_ name: String, _ kind: Kind, _ meaning: String) {
        self.name = name
        text += "# HELP \(name) \(meaning)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// A value of the metric that was begun.
    package mutating func add(_ value: Double, _ labels: [(String, String)] = [], suffix: String = "") {
        let written = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        text += "\(name)\(suffix)\(written.isEmpty ? "" : "{\(written)}") \(Self.number(value))\n"
    }

    /// A metric of one value.
    package mutating func gauge(_ name: String, _ value: Double, _ meaning: String) {
        begin(name, .gauge, meaning)
        add(value)
    }

    private static func escaped(_ label: String) -> String {
        var text = ""
        for character in label {
            switch character {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.append(character)
            }
        }
        return text
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? String(value)
    }
}
