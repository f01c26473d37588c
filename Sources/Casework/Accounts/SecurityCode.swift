import Rights
import Store

/// Six digits, sent as a text message or shown by an app (S1-29).
package struct SecurityCode: Hashable, Sendable {
    package let digits: String

    /// Reads what a person typed; spaces and hyphens between the digits are no fault (GOV.UK pattern "confirm a
    /// phone number").
    package init?(_ text: some StringProtocol) {
        var digits = ""
        for character in text where !(character.isWhitespace || character == "-" || character == "–") {
            guard let value = character.wholeNumberValue, (0...9).contains(value) else { return nil }
            digits.append(String(value))
            // A long text is no code, and is not read to its end.
            guard digits.utf8.count <= 6 else { return nil }
        }
        guard digits.utf8.count == 6 else { return nil }
        self.digits = digits
    }

    /// A new code; every one of the million is as likely as another.
    package init(random: (Int) -> [UInt8]) {
        var number: UInt32
        repeat {
            number = random(4).reduce(0) { $0 << 8 | UInt32($1) }
            // Numbers beyond the last whole million would make the first codes likelier.
        } while number >= 4_294_000_000
        let digits = String(number % 1_000_000)
        self.digits = String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }

    /// How long a code may be used, in seconds: 10 minutes, the most that OWASP ASVS 5.0 (6.5.5) allows.
    package static let lifetime = 10 * 60
    /// How long after it was sent an old code is still known as one that expired; after that it is just wrong.
    package static let memory = 2 * 60 * 60
    /// How many wrong codes spend the ones that were sent.
    package static let attempts = 5
    /// Seconds before another can be sent.
    package static let delay = 60
    /// How many can be sent in an hour: each costs the trust money and may wake somebody.
    package static let mostInAnHour = 5
}

extension StoredCode {
    /// What a typed code is, beside the codes that were sent (S1-30).
    package enum Verdict: Hashable, Sendable {
        /// It is this one; use it up.
        case right(StoredCode)
        case wrong
        /// It was right, and its time is over: say so and send another.
        case expired
        /// Too many wrong ones: none of the codes sent so far is any use.
        case spent
    }

    /// Judges a typed code. Each code stays good inside its own time, although a newer one was sent.
    ///
    /// - Parameters:
    ///   - digest: the keyed digest of what was typed.
    ///   - sent: every code sent for this purpose in the last two hours.
    package static func judge(_ digest: String, among sent: [StoredCode], at now: Moment) -> Verdict {
        let open = sent.filter { !$0.isUsed && now - $0.sentAt < SecurityCode.lifetime }
        let usable = open.filter { $0.failures < SecurityCode.attempts }
        if let match = usable.first(where: { sameText($0.digest, digest) }) { return .right(match) }
        if !open.isEmpty && usable.isEmpty { return .spent }
        let old = sent.filter {
            !$0.isUsed && $0.failures < SecurityCode.attempts && now - $0.sentAt >= SecurityCode.lifetime
                && now - $0.sentAt < SecurityCode.memory
        }
        return old.contains { sameText($0.digest, digest) } ? .expired : .wrong
    }

    private static func sameText(_ left: String, _ right: String) -> Bool {
        sameBytes(Array(left.utf8), Array(right.utf8))
    }
}
