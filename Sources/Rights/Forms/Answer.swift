/// What somebody answered to one question, already checked.
package enum Answer: Hashable, Sendable, Codable {
    case text(String)
    /// The value of a choice; `yes` or `no` for a yes-no question.
    case choice(String)
    case several([String])
    case day(Day)
    case nhsNumber(NHSNumber)
    case address(PostalAddress)
    case files([StoredFile])
    /// The files given to that other question prove this too, and are not sent twice.
    case sameFiles(as: String)
    case confirmed

    /// The choices made, for conditions.
    var choices: [String] {
        switch self {
        case .choice(let value): [value]
        case .several(let values): values
        case .text, .day, .nhsNumber, .address, .files, .sameFiles, .confirmed: []
        }
    }
}

/// An address as people write it on an envelope.
package struct PostalAddress: Hashable, Sendable, Codable {
    package var line1: String
    package var line2: String
    package var town: String
    package var county: String
    package var postcode: String

    package init(line1: String, line2: String = "", town: String, county: String = "", postcode: String) {
        self.line1 = line1
        self.line2 = line2
        self.town = town
        self.county = county
        self.postcode = postcode
    }

    /// The lines that are not empty, top down.
    package var lines: [String] { [line1, line2, town, county, postcode].filter { !$0.isEmpty } }
}

/// The answers of a draft: what is kept between the steps (S1-38).
package struct Answers: Hashable, Sendable, Codable {
    package private(set) var values: [String: Answer]
    /// Codes of the pages that were saved with "Continue", so that a page of optional questions can be done.
    package private(set) var pages: Set<String>

    package init(values: [String: Answer] = [:], pages: Set<String> = []) {
        self.values = values
        self.pages = pages
    }

    package subscript(question: String) -> Answer? {
        get { values[question] }
        set { values[question] = newValue }
    }

    package mutating func save(_ page: String) { pages.insert(page) }

    /// Every uploaded file, each once.
    package var files: [StoredFile] {
        values.values.flatMap { if case .files(let files) = $0 { files } else { [StoredFile]() } }
            .sorted { $0.id < $1.id }
    }
}
