extension Period {
    /// Reads `56d` or `2m`, the form in which facts and data files keep a period.
    package init?(_ text: some StringProtocol) {
        guard let count = Int(text.dropLast()), count > 0, count < 10_000 else { return nil }
        switch text.last {
        case "d": self = .days(count)
        case "m": self = .months(count)
        default: return nil
        }
    }

    /// `56d`, `2m`.
    package var stored: String {
        switch self {
        case .days(let count): "\(count)d"
        case .months(let count): "\(count)m"
        }
    }
}

extension Period: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let period = Period(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no period: \(text)"))
        }
        self = period
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(stored)
    }
}
