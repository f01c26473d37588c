import Foundation
import Rights
import Store

/// The door of one site: what signing in, sessions, codes and mailed links need on both. `Accounts` and
/// `StaffAccounts` add what only one of them offers.
package struct Entrance: Sendable {
    package let audience: Audience
    package let rules: AccountRules
    package let passwordRules: PasswordRules
    let store: Store
    let surroundings: Surroundings
    let passwords: Passwords
    let posting: any Posting

    package init(
        to audience: Audience, rules: AccountRules, passwordRules: PasswordRules, store: Store,
        surroundings: Surroundings, passwords: Passwords, posting: any Posting
    ) {
        self.audience = audience
        self.rules = rules
        self.passwordRules = passwordRules
        self.store = store
        self.surroundings = surroundings
        self.passwords = passwords
        self.posting = posting
    }

    /// One unit of work, after which something may be waiting to be sent.
    func commit<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        let value = try await store.write(body)
        posting.hurry()
        return value
    }

    func token() -> Token { Token(random: surroundings.random(32)) }

    func identifier() -> String { surroundings.identifier(Entrance.self).text }
}

/// How long things last, in seconds.
package struct AccountRules: Hashable, Sendable {
    /// A session ends after this long without a visit.
    package var idle: Int
    /// A session ends after this long at the latest.
    package var longest: Int
    /// The same where "Keep me logged in" was ticked (S1-20).
    package var keptIdle: Int
    package var keptLongest: Int
    /// Between the password and the code.
    package var step = 20 * 60
    package var verifyLink = 24 * 3600
    package var resetLink = 3600
    package var invitation = 3 * 24 * 3600
    package var bootstrapLink = 3600
    /// Before another mail goes to the same address, and how many go in an hour at most.
    package var mailDelay = 60
    package var mostMailsInAnHour = 5
    /// How long a browser stays known.
    package var knownDevice = 180 * 24 * 3600
    /// How long used-up links and codes are kept, and how long the record of sign-ins is.
    package var remnants = 7 * 24 * 3600
    package var record = 365 * 24 * 3600

    /// Requesters: half an hour without a visit, 12 hours at most; kept: two weeks, a month at most.
    package static let portal = AccountRules(
        idle: 30 * 60, longest: 12 * 3600, keptIdle: 14 * 24 * 3600, keptLongest: 30 * 24 * 3600)

    /// Staff open other people's records on shared machines, so there is nothing to keep.
    package static let desk = AccountRules(
        idle: 30 * 60, longest: 10 * 3600, keptIdle: 30 * 60, keptLongest: 10 * 3600)
}

/// Who stands at the door, as far as a browser tells.
package struct Browser: Hashable, Sendable {
    /// The network address, by which failures are counted. Of IPv6 the first four groups: the rest is the
    /// browser's to choose.
    package let source: String
    /// The browser in words.
    package let device: String
    /// The cookie that says who signed in from this browser before.
    package let knownDevice: Token?
    /// The session cookie that came along; signing in ends that session.
    package let session: Token?

    package init(address: String, userAgent: String, knownDevice: Token? = nil, session: Token? = nil) {
        source = address.contains(":") ? Self.network(of: address) : address
        device = deviceName(userAgent)
        self.knownDevice = knownDevice
        self.session = session
    }

    private static func network(of address: String) -> String {
        let parts = address.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let gap = parts.dropFirst().dropLast().firstIndex(of: "") else {
            return parts.prefix(4).joined(separator: ":")
        }
        let before = parts[..<gap]
        let after = parts[(gap + 1)...]
        let zeros = [String](repeating: "0", count: max(0, 8 - before.count - after.count))
        return (before + zeros + after).prefix(4).map { $0.isEmpty ? "0" : $0 }.joined(separator: ":")
    }
}

/// `Firefox on Windows`: enough to recognise one's own browser in a list, from the text that browsers send. The
/// order matters, because each pretends to be the ones before it.
func deviceName(_ userAgent: String) -> String {
    let browsers = [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ]
    let systems = [
        ("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"),
        ("Mac OS X", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"),
    ]
    let browser = browsers.first { userAgent.contains($0.0) }?.1 ?? "A browser"
    guard let system = systems.first(where: { userAgent.contains($0.0) })?.1 else { return browser }
    return "\(browser) on \(system)"
}
