import Rights

/// What somebody typed into the search box, understood: names in any order, beginnings of words, a reference, an
/// NHS number with or without spaces, a date of birth in the usual forms.
struct SearchTerms: Hashable, Sendable {
    /// Every one of them must be found.
    let words: [String]

    /// Longer texts are nobody's name; what follows is not looked at.
    private static let most = 12

    init(_ typed: String) {
        var words: [String] = []
        var digits = ""
        for part in typed.prefix(200).split(whereSeparator: \.isWhitespace) {
            // `999 123 4567` is one number to the person who types it.
            if part.utf8.allSatisfy({ (48...57).contains($0) }), digits.count + part.count <= 10 {
                digits += part
                continue
            }
            Self.flush(&digits, into: &words)
            if let day = SearchTerms.day(part) {
                words.append(Self.birth(day))
            } else if part.contains("-"), part.contains(where: \.isNumber) {
                words.append(Folding.words(String(part)).joined())
            } else {
                words += Folding.words(String(part))
            }
        }
        Self.flush(&digits, into: &words)
        self.words = Array(words.prefix(Self.most))
    }

    private static func flush(_ digits: inout String, into words: inout [String]) {
        guard !digits.isEmpty else { return }
        words.append(digits)
        digits = ""
    }

    /// The words under which a case is found.
    static func words(of summary: Summary) -> [String] {
        var words: Set<String> = []
        for name in [summary.requesterName, summary.subjectName] {
            words.formUnion(Folding.words(name))
            // `O Neil` and `Smith Jones` are also written together and apart.
            let apart = String(
                String.UnicodeScalarView(name.unicodeScalars.map { Folding.isApostrophe($0) ? " " : $0 }))
            words.formUnion(Folding.words(apart))
        }
        let reference = Folding.words(summary.reference)
        words.insert(reference.joined())
        if let number = reference.last { words.insert(String(number.drop { $0 == "0" })) }
        if let number = summary.nhsNumber { words.insert(number) }
        if let number = summary.hospitalNumber {
            words.insert(Folding.words(number).joined())
            words.formUnion(Folding.words(number))
        }
        if let day = summary.dateOfBirth { words.insert(birth(day)) }
        words.remove("")
        return words.sorted()
    }

    /// A word of its own for a date of birth, that no name begins with.
    private static func birth(_ day: Day) -> String {
        "0born" + day.description.filter { $0 != "-" }
    }

    /// `12/03/1948`, `12.3.48`, `12-03-1948` or `1948-03-12`.
    private static func day(_ text: Substring) -> Day? {
        if let day = Day(text) { return day }
        let parts = text.split(omittingEmptySubsequences: false) { "/.-".contains($0) }
        guard parts.count == 3, let day = Int(parts[0]), let month = Int(parts[1]), let year = Int(parts[2]),
            parts[2].utf8.count == 4
        else { return nil }
        return Day(year: year, month: month, day: day)
    }
}
