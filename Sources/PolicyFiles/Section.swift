import Rights
import Yams

/// A mapping of a YAML file, read key by key. What nobody asked for by the time of `close` is an unknown key, so the
/// code that reads a file is also its schema.
///
/// Every reading method reports what is wrong and returns something harmless, so that one fault does not hide the
/// next. A class, because reading changes what was asked.
final class Section {
    let file: String
    let line: Int
    private let pairs: [Pair]
    private var asked: [String] = []
    private let findings: Findings

    private struct Pair {
        let key: String
        let line: Int
        let value: Node
    }

    /// A text with the place it stands at.
    struct Placed {
        let text: String
        let file: String
        let line: Int
    }

    /// The mapping at the top of a file; nothing, and a fault, if there is none.
    init?(_ yaml: String, file: String, findings: Findings) {
        self.file = file
        self.findings = findings
        line = 1
        do {
            guard let node = try Yams.compose(yaml: yaml) else {
                findings.add(file, 1, "The file is empty", "Copy it from one of the policies that ship.")
                return nil
            }
            guard let pairs = Section.pairs(of: node, file, findings) else { return nil }
            self.pairs = pairs
        } catch {
            let (line, message) = Section.explain(error)
            findings.add(file, line, message, "Check the spaces at the start of the line, colons and quotation marks.")
            return nil
        }
    }

    private init?(_ node: Node, file: String, findings: Findings) {
        self.file = file
        self.findings = findings
        line = node.mark?.line ?? 1
        guard let pairs = Section.pairs(of: node, file, findings) else { return nil }
        self.pairs = pairs
    }

    private static func pairs(of node: Node, _ file: String, _ findings: Findings) -> [Pair]? {
        guard case .mapping(let mapping) = node else {
            findings.add(
                file, node.mark?.line ?? 1, "Keys with values are expected here", "Write lines like `key: value`.")
            return nil
        }
        return mapping.map { key, value in
            Pair(key: key.string ?? "", line: key.mark?.line ?? node.mark?.line ?? 1, value: value)
        }
    }

    private static func explain(_ error: any Error) -> (line: Int, message: String) {
        guard let error = error as? YamlError else { return (1, "The file cannot be read") }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return (mark.line, "This is not YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "`\($0)`" }.joined(separator: ", ")
            return (context.mark.line, "The same key stands twice in one place: \(names)")
        case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return (1, "The file is not text in UTF-8")
        }
    }

    // MARK: what a key holds

    /// A text that must be there.
    func text(_ key: String) -> String { placed(key)?.text ?? "" }

    /// A text that may be left out.
    func text(_ key: String, or standard: String) -> String {
        find(key) == nil ? standard : text(key)
    }

    func has(_ key: String) -> Bool { find(key) != nil }

    /// The line of a key, or of the mapping if it is not there.
    func line(of key: String) -> Int { pairs.first { $0.key == key }?.line ?? line }

    /// A text that must be there, with its place.
    func placed(_ key: String) -> Placed? {
        guard let pair = need(key) else { return nil }
        guard let text = pair.value.scalar?.string, !text.isEmpty else {
            fault(pair, "`\(key)` must be a text", "Write something after the colon.")
            return nil
        }
        return Placed(text: text, file: file, line: pair.value.mark?.line ?? pair.line)
    }

    /// A text that may be left out, with its place.
    func optionalPlaced(_ key: String) -> Placed? { find(key) == nil ? nil : placed(key) }

    /// A list of texts; none if the key is left out.
    func places(_ key: String) -> [Placed] {
        guard let pair = find(key) else { return [] }
        guard let items = pair.value.sequence else {
            fault(pair, "`\(key)` must be a list", "Write `[one, two]`, or one line with `- ` for each.")
            return []
        }
        return items.compactMap { item in
            guard let text = item.scalar?.string, !text.isEmpty else {
                findings.add(
                    file, item.mark?.line ?? pair.line, "`\(key)` must be a list of texts", "Write one text for each.")
                return nil
            }
            return Placed(text: text, file: file, line: item.mark?.line ?? pair.line)
        }
    }

    func texts(_ key: String) -> [String] { places(key).map(\.text) }

    func integer(_ key: String, _ range: ClosedRange<Int>) -> Int {
        guard let pair = need(key) else { return range.lowerBound }
        return number(pair.value, pair, range) ?? range.lowerBound
    }

    func integer(_ key: String, _ range: ClosedRange<Int>, or standard: Int) -> Int {
        find(key) == nil ? standard : integer(key, range)
    }

    func optionalInteger(_ key: String, _ range: ClosedRange<Int>) -> Int? {
        find(key) == nil ? nil : integer(key, range)
    }

    func integers(_ key: String, _ range: ClosedRange<Int>) -> [Int] {
        guard let pair = need(key) else { return [] }
        guard let items = pair.value.sequence else {
            fault(pair, "`\(key)` must be a list of whole numbers", "Write `[7, 3, 1, 0]`.")
            return []
        }
        return items.compactMap { number($0, pair, range) }
    }

    func flag(_ key: String, or standard: Bool) -> Bool {
        guard let pair = find(key) else { return standard }
        switch pair.value.scalar?.string {
        case "true": return true
        case "false": return false
        default:
            fault(pair, "`\(key)` must be true or false", "Write `\(key): true` or `\(key): false`.")
            return standard
        }
    }

    func day(_ key: String) -> Day {
        optionalDay(key, required: true) ?? Day(number: 0)
    }

    func optionalDay(_ key: String, required: Bool = false) -> Day? {
        guard let pair = required ? need(key) : find(key) else { return nil }
        guard let day = Day(pair.value.scalar?.string ?? "") else {
            fault(pair, "`\(key)` must be a real date", "Write it as year-month-day: `2017-11-13`.")
            return nil
        }
        return day
    }

    /// One of the words the program knows.
    func one<Word: RawRepresentable & CaseIterable>(of words: Word.Type, _ key: String) -> Word?
    where Word.RawValue == String {
        placed(key).flatMap { word(words, $0) }
    }

    /// One of the words the program knows, if the key is there.
    func optional<Word: RawRepresentable & CaseIterable>(of words: Word.Type, _ key: String) -> Word?
    where Word.RawValue == String {
        optionalPlaced(key).flatMap { word(words, $0) }
    }

    /// A list of words the program knows.
    func several<Word: RawRepresentable & CaseIterable>(of words: Word.Type, _ key: String) -> [Word]
    where Word.RawValue == String {
        _ = need(key)
        return places(key).compactMap { word(words, $0) }
    }

    func section(_ key: String) -> Section? {
        guard let pair = need(key) else { return nil }
        return Section(pair.value, file: file, findings: findings)
    }

    func optionalSection(_ key: String) -> Section? { find(key) == nil ? nil : section(key) }

    /// A list of mappings, each read and closed.
    func each<Item>(_ key: String, optional: Bool = false, _ read: (Section) -> Item?) -> [Item] {
        guard let pair = optional ? find(key) : need(key) else { return [] }
        guard let items = pair.value.sequence else {
            fault(pair, "`\(key)` must be a list", "Start each entry with `- `.")
            return []
        }
        return items.compactMap { node in
            guard let section = Section(node, file: file, findings: findings) else { return nil }
            defer { section.close() }
            return read(section)
        }
    }

    /// A mapping whose keys are words the program knows, every one of which must be there.
    func table<Word: RawRepresentable & CaseIterable & Hashable, Item>(
        _ key: String, by words: Word.Type, _ read: (Section) -> Item?
    ) -> [Word: Item] where Word.RawValue == String {
        guard let inner = section(key) else { return [:] }
        defer { inner.close() }
        var table: [Word: Item] = [:]
        for word in Word.allCases {
            guard let entry = inner.section(word.rawValue) else { continue }
            table[word] = read(entry)
            entry.close()
        }
        return table
    }

    /// The same, for mappings that may leave words out, or be left out themselves.
    func some<Word: RawRepresentable & CaseIterable & Hashable, Item>(
        _ key: String, by words: Word.Type, _ read: (Section) -> Item?
    ) -> [Word: Item] where Word.RawValue == String {
        guard let inner = optionalSection(key) else { return [:] }
        defer { inner.close() }
        var table: [Word: Item] = [:]
        for word in Word.allCases {
            guard let entry = inner.optionalSection(word.rawValue) else { continue }
            table[word] = read(entry)
            entry.close()
        }
        return table
    }

    /// Reports a fault of this mapping, at one of its keys.
    func fault(at key: String, _ message: String, _ advice: String) {
        findings.add(file, line(of: key), message, advice)
    }

    func fault(at placed: Placed, _ message: String, _ advice: String) {
        findings.add(placed.file, placed.line, message, advice)
    }

    /// Everything was asked; what is left is unknown.
    func close() {
        for pair in pairs where !asked.contains(pair.key) {
            fault(pair, "`\(pair.key)` is not a key here", suggestion(for: pair.key, among: asked))
        }
    }

    // MARK: parts

    private func find(_ key: String) -> Pair? {
        if !asked.contains(key) { asked.append(key) }
        return pairs.first { $0.key == key }
    }

    private func need(_ key: String) -> Pair? {
        if let pair = find(key) { return pair }
        findings.add(file, line, "`\(key)` is missing", "Add a line `\(key): …`.")
        return nil
    }

    private func fault(_ pair: Pair, _ message: String, _ advice: String) {
        findings.add(file, pair.line, message, advice)
    }

    private func number(_ node: Node, _ pair: Pair, _ range: ClosedRange<Int>) -> Int? {
        guard let number = Int(node.scalar?.string ?? ""), range.contains(number) else {
            fault(
                pair, "`\(pair.key)` must be a whole number from \(range.lowerBound) to \(range.upperBound)",
                "Write it in digits, without a unit.")
            return nil
        }
        return number
    }

    private func word<Word: RawRepresentable & CaseIterable>(_ words: Word.Type, _ placed: Placed) -> Word?
    where Word.RawValue == String {
        if let word = Word(rawValue: placed.text) { return word }
        findings.add(
            placed.file, placed.line, "`\(placed.text)` is not known here",
            suggestion(for: placed.text, among: Word.allCases.map(\.rawValue)))
        return nil
    }
}
