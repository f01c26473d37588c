/// The text that Prometheus reads (exposition format 0.0.4).
package struct MetricsPage: Sendable {
    package enum Kind: String, Sendable {
        case counter
        case gauge
        case histogram
    }

    /// A metric and the lines of its values.
    private struct Metric {
        let name: String
        var lines: String
    }

    /// In the order in which they were first begun: the lines of one metric must stand together.
    private var metrics: [Metric] = []
    private var current = 0
    /// What every value has from here on: the trust's code, where a process serves several.
    package var labels: [(String, String)] = []

    package init() {}

    package var text: String { metrics.map(\.lines).joined() }

    /// Begins a metric, or goes on with one that was begun before; values follow.
    package mutating func begin(_ name: String, _ kind: Kind, _ meaning: String) {
        if let known = metrics.firstIndex(where: { $0.name == name }) {
            current = known
        } else {
            current = metrics.count
            let head = "# HELP \(name) \(meaning)\n# TYPE \(name) \(kind.rawValue)\n"
            metrics.append(Metric(name: name, lines: head))
        }
    }

    /// A value of the metric that was begun.
    package mutating func add(_ value: Double, _ labels: [(String, String)] = [], suffix: String = "") {
        let written = (self.labels + labels).map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        metrics[current].lines +=
            "\(metrics[current].name)\(suffix)\(written.isEmpty ? "" : "{\(written)}") \(Self.number(value))\n"
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
