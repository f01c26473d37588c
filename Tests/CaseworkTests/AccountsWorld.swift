import Rights
import Store
import Synchronization
import TestSupport
import Testing

@testable import Casework

/// Both doors of a trust on a store of their own, with time and chance decided by the test and a letter box that
/// can be looked into.
struct AccountsWorld {
    let world = FixedWorld()
    let folder: TemporaryFolder
    let store: Store
    let box = LetterBox()
    let accounts: Accounts
    let staff: StaffAccounts
    let passwords: Passwords

    static let good = "pelican teapot gravel"
    static let better = "lantern walnut harbour"
    static let administrator = Role(
        code: "administrator", label: "Administrator", permissions: [.administer, .viewAudit])
    static let handler = Role(code: "handler", label: "Case handler", permissions: [.viewCases, .runClock])

    init(longestLine: Int = 24) throws {
        folder = try TemporaryFolder()
        let surroundings = world.surroundings
        store = try Store.open(in: folder, surroundings: surroundings)
        passwords = Passwords(
            cost: Passwords.Cost(logRounds: 2, blockSize: 1, parallelism: 1), longestLine: longestLine,
            random: surroundings.random)
        accounts = Accounts(
            entrance: Entrance(
                to: .portal, rules: .portal,
                passwordRules: .requesters(
                    trust: "Exampleton Hospital NHS Trust", service: "Rightsdesk", stolen: StolenPasswords()),
                store: store,
                surroundings: surroundings, passwords: passwords, posting: box))
        staff = StaffAccounts(
            entrance: Entrance(
                to: .desk, rules: .desk,
                passwordRules: .staff(
                    trust: "Exampleton Hospital NHS Trust", service: "Rightsdesk", stolen: StolenPasswords()),
                store: store,
                surroundings: surroundings, passwords: passwords, posting: box),
            roles: Catalogue([Self.administrator, Self.handler]),
            departments: Catalogue([
                Department(code: "medico-legal", label: "Medico-Legal", dueDays: 7, ownsCases: true)
            ]), issuer: "Exampleton")
    }

    func browser(
        from address: String = "192.0.2.1", device: Token? = nil, session: Token? = nil
    ) -> Browser {
        Browser(
            address: address, userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            knownDevice: device, session: session)
    }

    /// A requester who has registered and set a password.
    func register(_ email: String = "a.requester@example.org") async throws {
        try await accounts.register(email: email, again: email, browser: browser())
        try await accounts.setPassword(
            Self.good, again: Self.good, through: try box.link(to: email), browser: browser())
        world.advance(seconds: 3600)
    }

    func signIn(
        _ email: String = "a.requester@example.org", password: String = Self.good, keep: Bool = false,
        browser: Browser? = nil
    ) async throws -> NewSession {
        let answer = try await accounts.entrance.signIn(
            email: email, password: password, keep: keep, browser: browser ?? self.browser())
        guard case .done(let session) = answer else { throw Unexpected(what: "\(answer)") }
        return session
    }

    /// The reasons why a requester's password does not let them in; none where it does.
    func tryPassword(
        _ password: String, email: String = "a.requester@example.org", browser: Browser? = nil
    ) async throws -> [Reason] {
        do {
            _ = try await accounts.entrance.signIn(
                email: email, password: password, keep: false, browser: browser ?? self.browser())
            return []
        } catch Problem.refused(let reasons) {
            return reasons
        }
    }

    /// A requester who is signed in.
    func requester(_ email: String = "a.requester@example.org") async throws -> SignedInRequester {
        try await register(email)
        return try await requester(with: try await signIn(email))
    }

    func requester(with session: NewSession) async throws -> SignedInRequester {
        try #require(try await accounts.requester(with: session.token))
    }

    /// A requester who is signed in and has a mobile number.
    func requesterWithNumber(_ number: String = "07700 900123") async throws -> SignedInRequester {
        let requester = try await requester()
        try await accounts.registerNumber(number, of: requester, password: Self.good, browser: browser())
        try await accounts.confirmNumber(try box.code(), of: requester, browser: browser())
        world.advance(seconds: 3600)
        return requester
    }

    /// The first administrator, set up with an app; returns them and the app's codes.
    func firstAdministrator() async throws -> (staff: Staff, codes: TimeCodes) {
        let (link, _) = try await staff.bootstrap(Self.details("first.admin@example.org", roles: ["administrator"]))
        let codes = try await setUp(through: link)
        let session = try await enter("first.admin@example.org", codes)
        return (try #require(try await staff.staff(with: session.token)).staff, codes)
    }

    /// Sets somebody up with an authenticator app.
    func setUp(through link: Token) async throws -> TimeCodes {
        try await staff.choose(password: Self.good, again: Self.good, factor: .app, through: link)
        guard case .app(_, let codes, _) = try await staff.setUpStage(of: link) else { throw Unexpected(what: "stage") }
        try await staff.finishSetUp(code: codes.now(world), through: link, browser: browser())
        world.advance(seconds: 60)
        return codes
    }

    /// Signs a member of staff in with password and app.
    func enter(_ email: String, _ codes: TimeCodes, browser: Browser? = nil) async throws -> NewSession {
        let browser = browser ?? self.browser()
        let answer = try await staff.entrance.signIn(email: email, password: Self.good, keep: false, browser: browser)
        guard case .needsCode(let step, _) = answer else { throw Unexpected(what: "\(answer)") }
        let session = try await staff.entrance.enterCode(codes.now(world), step: step, browser: browser)
        world.advance(seconds: 60)
        return session
    }

    static func details(_ email: String, roles: [String] = ["handler"], endsOn: Day? = nil) -> StaffDetails {
        StaffDetails(
            email: email, name: "M. Example", department: "medico-legal", roles: roles, endsOn: endsOn)
    }
}

struct Unexpected: Error {
    let what: String
}

extension TimeCodes {
    /// The code an app shows now.
    func now(_ world: FixedWorld) -> String { code(step: TimeCodes.step(at: world.now)) }
}

/// The codes of the problem that a body throws; empty if it throws none.
func refusals(_ body: () async throws -> some Any) async throws -> [String] {
    do {
        _ = try await body()
        return []
    } catch Problem.refused(let reasons) {
        return reasons.map(\.code)
    }
}

/// Where mails and text messages of a test end.
final class LetterBox: Posting {
    enum Letter: Hashable, Sendable {
        case mail(AccountMail, to: String, Audience)
        case text(SecurityCode, to: String, Audience)
    }

    private let letters = Mutex<[Letter]>([])

    func post(_ mail: AccountMail, to address: String, on audience: Audience, in transaction: Transaction) throws {
        letters.withLock { $0.append(.mail(mail, to: address, audience)) }
    }

    func post(
        _ digits: SecurityCode, known code: String, to phone: String, on audience: Audience, in transaction: Transaction
    ) throws {
        letters.withLock { $0.append(.text(digits, to: phone, audience)) }
    }

    func hurry() {}

    var all: [Letter] { letters.withLock { $0 } }

    /// The mails to an address, oldest first.
    func mails(to address: String) -> [AccountMail] {
        all.compactMap { letter in
            guard case .mail(let mail, address, _) = letter else { return nil }
            return mail
        }
    }

    /// The link of the last mail to an address.
    func link(to address: String) throws -> Token {
        switch try #require(mails(to: address).last) {
        case .verify(let link, _), .reset(let link, _), .invitation(let link, _): link
        case let mail: throw Unexpected(what: "\(mail)")
        }
    }

    /// The text messages, oldest first.
    var texts: [(code: String, phone: String)] {
        all.compactMap { letter in
            guard case .text(let code, let phone, _) = letter else { return nil }
            return (code.digits, phone)
        }
    }

    /// The code of the last text message.
    func code() throws -> String { try #require(texts.last).code }

    /// The last code sent to a number.
    func code(to phone: String) throws -> String { try #require(texts.last { $0.phone == phone }).code }
}
