/// Which codes a policy has and where they are used: finds what is named twice and what is named nowhere.
final class Ledger {
    /// The lists of a policy whose codes other parts name.
    enum List: String {
        case department, role, clock, letter, text, form, capacity, exemption
        case document = "document type"
        case applicationType = "application type"
        case pauseReason = "pause reason"
        case releaseCheck = "release check"
    }

    private struct Reference {
        let list: List
        let placed: Section.Placed
    }

    private var codes: [List: [String: Section.Placed]] = [:]
    private var references: [Reference] = []
    private let findings: Findings

    init(_ findings: Findings) {
        self.findings = findings
    }

    /// The code of an entry, which must be there, well formed, and the only one of its name.
    func code(_ list: List, of section: Section, key: String = "code") -> String? {
        guard let placed = section.placed(key) else { return nil }
        declare(list, placed)
        return placed.text
    }

    func declare(_ list: List, _ placed: Section.Placed) {
        let isWellFormed =
            placed.text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
            && placed.text.first?.isLetter == true
        if !isWellFormed {
            findings.add(
                placed.file, placed.line, "The code `\(placed.text)` is not well formed",
                "Use small letters, numbers and dashes, starting with a letter.")
        }
        if let first = codes[list]?[placed.text] {
            findings.add(
                placed.file, placed.line, "There are two of the \(list.rawValue) `\(placed.text)`",
                "The first is at \(first.file) line \(first.line). Give one of them another code.")
        } else {
            codes[list, default: [:]][placed.text] = placed
        }
    }

    /// Notes that a code is used here; `settle` looks for it when every list has been read.
    func refer(_ list: List, _ placed: Section.Placed?) -> String {
        guard let placed else { return "" }
        references.append(Reference(list: list, placed: placed))
        return placed.text
    }

    func refer(_ list: List, _ places: [Section.Placed]) -> [String] {
        places.map { refer(list, $0) }
    }

    /// Reports every use of a code that no list has.
    func settle() {
        for reference in references where codes[reference.list]?[reference.placed.text] == nil {
            findings.add(
                reference.placed.file, reference.placed.line,
                "There is no \(reference.list.rawValue) `\(reference.placed.text)`",
                suggestion(for: reference.placed.text, among: Array((codes[reference.list] ?? [:]).keys)))
        }
    }
}
