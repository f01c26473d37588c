/// Something in a policy folder that cannot be used, with what to do about it.
package struct Fault: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The path within the folder: `capacity.yaml`.
    package let file: String
    /// Counted from 1; 1 also where the whole file is meant.
    package let line: Int
    package let message: String
    package let advice: String

    package init(file: String, line: Int, message: String, advice: String) {
        self.file = file
        self.line = line
        self.message = message
        self.advice = advice
    }

    /// `capacity.yaml:12: …. Advice`, as `rightsdesk policy check` prints it.
    package var description: String { "\(file):\(line): \(message). \(advice)" }

    package static func < (left: Fault, right: Fault) -> Bool {
        (left.file, left.line, left.message) < (right.file, right.line, right.message)
    }
}

/// Every fault of a folder at once, in order of file and line.
package struct Faults: Error, Hashable, Sendable, CustomStringConvertible {
    package let list: [Fault]

    package init(_ list: [Fault]) {
        self.list = list
    }

    package var description: String { list.map(\.description).joined(separator: "\n") }
}

/// Where faults are gathered while a folder is read. A class, because every part of one reading writes into the
/// same list; it never leaves the reading.
final class Findings {
    private(set) var list: [Fault] = []

    func add(_ file: String, _ line: Int, _ message: String, _ advice: String) {
        list.append(Fault(file: file, line: line, message: message, advice: advice))
    }

    var sorted: [Fault] { Array(Set(list)).sorted() }
}
