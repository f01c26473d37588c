import Foundation
import Rights

/// Which passwords are accepted: long enough, not among the first that anybody would try, and nothing else. There
/// is no rule about capital letters, digits or signs, and none expires (GOV.UK pattern "passwords"; S1-15).
package struct PasswordRules: Hashable, Sendable {
    /// The fewest characters.
    package let shortest: Int
    /// The most; far beyond what a person types, there only to bound the work.
    package static let longest = 1_000
    /// Words of the place that nobody may use alone: the trust's name and the service's.
    private let localWords: Set<String>
    private let stolen: StolenPasswords

    /// The rule for requesters: 8 characters.
    package static func requesters(trust: String, service: String, stolen: StolenPasswords) -> PasswordRules {
        PasswordRules(shortest: 8, local: [trust, service], stolen: stolen)
    }

    /// The rule for staff, who open other people's records: 12 characters.
    package static func staff(trust: String, service: String, stolen: StolenPasswords) -> PasswordRules {
        PasswordRules(shortest: 12, local: [trust, service], stolen: stolen)
    }

    private init(shortest: Int, local: [String], stolen: StolenPasswords) {
        self.shortest = shortest
        localWords = Set(local.flatMap(wordRuns))
        self.stolen = stolen
    }

    /// The rule in words, shown before anybody types (S1-15).
    package var inWords: String {
        "Your password must be at least \(shortest) characters long. You can use any characters, and spaces. "
            + "Three words that do not belong together make a good password."
    }

    /// Every reason why this password, entered twice, cannot be used; none when it can.
    ///
    /// - Parameters:
    ///   - email: the owner's address, which may not be the password.
    ///   - field, again: the names of the two form fields.
    package func objections(
        to password: String, repeated: String, email: String, field: String = "password", again: String = "confirm"
    ) -> [Reason] {
        let password = password.precomposedStringWithCanonicalMapping
        guard !password.isEmpty else { return [Reason("password-missing", "Enter a password", field: field)] }
        var reasons: [Reason] = []
        if password.count < shortest {
            reasons.append(
                Reason("password-short", "Your password must be at least \(shortest) characters long", field: field))
        } else if password.count > Self.longest || password.utf8.count > Self.longest * 16 {
            reasons.append(
                Reason("password-long", "Your password must be 1,000 characters or fewer", field: field))
        } else if isOwnAddress(password, email) {
            reasons.append(
                Reason("password-email", "Your password must not be your email address", field: field))
        } else if isObvious(password) {
            reasons.append(
                Reason(
                    "password-common",
                    "This password is easy to guess. Choose one that other people would not think of", field: field))
        }
        if repeated.precomposedStringWithCanonicalMapping != password {
            reasons.append(
                Reason("password-mismatch", "Both passwords must be the same", field: again))
        }
        return reasons
    }

    private func isOwnAddress(_ password: String, _ email: String) -> Bool {
        let given = plain(password)
        let address = plain(email)
        let name = plain(String(email.prefix { $0 != "@" }))
        return given == address || stripped(given) == name && !name.isEmpty
    }

    private func isObvious(_ password: String) -> Bool {
        let given = plain(password)
        guard !isPattern(given), !isDate(given), !stolen.contain(given) else { return true }
        return [given, stripped(given), replaced(stripped(given)), stripped(replaced(given))].flatMap(wordForms)
            .contains { wellKnownPasswords.contains($0) || localWords.contains($0) }
    }
}

/// Lower case without accents, spaces and signs inside, so that `Pass Word` and `password` are one.
private func plain(_ text: String) -> String {
    text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil).filter { !$0.isWhitespace }
}

/// Every run of words of a name written as one: of `Poole Hospital`, `poole`, `hospital` and `poolehospital`.
private func wordRuns(of name: String) -> [String] {
    let words = name.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map { plain(String($0)) }
    let runs = words.indices.flatMap { first in
        words.indices.dropFirst(first).map { words[first...$0].joined() }
    }
    return runs.filter { $0.count >= 4 }
}

/// Without the digits and signs before and after, which people add to a word to please a rule.
private func stripped(_ text: String) -> String {
    let isAdded = { (character: Character) in !character.isLetter }
    let tail = text.drop(while: isAdded)
    guard let last = tail.lastIndex(where: { $0.isLetter }) else { return "" }
    return String(tail[...last])
}

/// The usual substitutions undone: `p4ssw0rd` is `password`.
private func replaced(_ text: String) -> String {
    String(text.map { substitutes[$0] ?? $0 })
}

private let substitutes: [Character: Character] = [
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "€": "e", "£": "l",
]

/// The word itself, and the word it is made of where it is one word twice.
private func wordForms(of text: String) -> [String] {
    let half = text.count / 2
    guard text.count.isMultiple(of: 2), half > 1, text.prefix(half) == text.suffix(half) else { return [text] }
    return [text, String(text.prefix(half))]
}

/// A run along the keyboard or the alphabet, forwards or backwards, or up to four characters again and again.
private func isPattern(_ text: String) -> Bool {
    let characters = Array(text)
    for period in 1...4 where characters.count > period {
        if characters.indices.dropFirst(period).allSatisfy({ characters[$0] == characters[$0 - period] }) {
            return true
        }
    }
    // Followed from one key to the next, so that `qwerty12345` (two runs) is found as well.
    var steps = 0
    for (left, right) in zip(characters, characters.dropFirst()) where isNeighbour(left, right) { steps += 1 }
    return steps * 10 >= (characters.count - 1) * 8
}

private let runs = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"]
private let neighbours: Set<String> = Set(
    runs.flatMap { run in
        zip(run, run.dropFirst()).flatMap { ["\($0)\($1)", "\($1)\($0)", "\($0)\($0)", "\($1)\($1)"] }
    })

private func isNeighbour(_ left: Character, _ right: Character) -> Bool {
    neighbours.contains("\(left)\(right)")
}

/// Six or eight digits that read as a date: somebody's birthday.
private func isDate(_ text: String) -> Bool {
    let digits = text.filter(\.isNumber)
    let signs: Set<Character> = ["/", ".", "-"]
    guard text.allSatisfy({ $0.isNumber || signs.contains($0) }), digits.count == 8 || digits.count == 6 else {
        return false
    }
    guard let first = Int(digits.prefix(2)), let second = Int(digits.dropFirst(2).prefix(2)),
        let year = Int(digits.suffix(digits.count - 4)), let leading = Int(digits.prefix(4)),
        let lastPair = Int(digits.suffix(2)), let middlePair = Int(digits.dropFirst(digits.count - 4).prefix(2))
    else { return false }
    let isYear = digits.count == 6 || (1900...2100).contains(year)
    let dayFirst = (1...31).contains(first) && (1...12).contains(second) && isYear
    let monthFirst = (1...12).contains(first) && (1...31).contains(second) && isYear
    let yearFirst =
        (digits.count == 6 || (1900...2100).contains(leading)) && (1...12).contains(middlePair)
        && (1...31).contains(lastPair)
    return dayFirst || monthFirst || yearFirst
}
