import Foundation

/// Text as it is compared: small letters, no accents, no apostrophes, so that `SIAN ONEIL` finds Siân O’Neil. Done
/// here and not by the engines, because each of them folds differently.
package enum Folding {
    /// The folded text, its words separated by one space. Letters and digits of every script stay.
    package static func key(_ text: String) -> String {
        words(text).joined(separator: " ")
    }

    /// The folded words of a text.
    package static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
            let properties = scalar.properties
            switch properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format: continue
            default: break
            }
            if apostrophes.contains(scalar) { continue }
            if properties.isAlphabetic || properties.numericType != nil {
                word += plain[scalar] ?? properties.lowercaseMapping
            } else if !word.isEmpty {
                words.append(word)
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool { apostrophes.contains(scalar) }

    private static let apostrophes: Set<Unicode.Scalar> = [
        "'", "\u{2018}", "\u{2019}", "\u{02BC}", "\u{0060}", "\u{00B4}",
    ]

    /// Letters that have no accent to lose but are typed as plain ones all the same.
    private static let plain: [Unicode.Scalar: String] = [
        "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
        "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i",
    ]
}
