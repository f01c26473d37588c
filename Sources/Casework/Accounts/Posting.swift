import Rights
import Store

/// A mail about an account. None says more than it must, because anybody may read a mail on its way.
package enum AccountMail: Hashable, Sendable {
    /// Proves the mailbox and leads to the page where the password is set (S1-13, S1-14).
    case verify(Token, until: Moment)
    /// Somebody asked for an account at an address that has one (S1-12).
    case knownAddress
    /// Sets a new password (S1-21).
    case reset(Token, until: Moment)
    /// Somebody asked for a new password at an address without an account.
    case unknownAddress
    /// S1-27.
    case passwordChanged
    /// The second step of signing in was turned on, changed or turned off.
    case secondFactorChanged
    case closed
    /// Lets a member of staff set themselves up.
    case invitation(Token, until: Moment)

    /// The path of its link on its site; nothing where the text has none. The token is part of the path and never
    /// of a query, because paths are logged by their pattern.
    package var path: String? {
        switch self {
        case .verify(let token, _): "/Account/Verify/\(token.text)"
        case .reset(let token, _): "/Account/SetPassword/\(token.text)"
        case .invitation(let token, _): "/sign-in/set-up/\(token.text)"
        case .knownAddress: "/Account/Login"
        case .unknownAddress: "/Account/Register"
        case .passwordChanged, .secondFactorChanged, .closed: nil
        }
    }
}

/// Where mails and text messages about accounts go: into the outbox, in the same transaction as what they tell.
package protocol Posting: Sendable {
    func post(_ mail: AccountMail, to address: String, on audience: Audience, in transaction: Transaction) throws
    /// - Parameter code: the code as it is kept, by whose identifier its message can be found again.
    func post(
        _ digits: SecurityCode, known code: String, to phone: String, on audience: Audience, in transaction: Transaction
    ) throws
    /// Called after the commit: something may be waiting to be sent.
    func hurry()
}

/// Writes them in the policy's words.
struct AccountLetters: Posting {
    let casework: Casework

    func post(_ mail: AccountMail, to address: String, on audience: Audience, in transaction: Transaction) throws {
        let surroundings = casework.surroundings
        let now = surroundings.now()
        let policy = casework.policies.current
        var values = MergeValues(trust: casework.trust, policy: policy)
        if let path = mail.path { values = values.adding([.link: site(audience) + path]) }
        if let until = mail.until {
            let expires = "\(surroundings.timeOfDay(until)) on \(surroundings.day(until).inWords)"
            values = values.adding([.expires: expires])
        }
        let text = try policy.fill(mail.wording, values)
        try transaction.post(
            NewMessage(
                channel: .email, recipient: address, subject: text.plainTitle, body: text.plainText, caseID: nil,
                dedupeKey: "account-mail:\(surroundings.identifier(AccountLetters.self))"), at: now)
    }

    func post(
        _ digits: SecurityCode, known code: String, to phone: String, on audience: Audience, in transaction: Transaction
    ) throws {
        let policy = casework.policies.current
        // The last line binds the code to the site, so that a browser offers it there and nowhere else.
        let host = site(audience).split(separator: "/").last?.split(separator: ":").first
        let values = MergeValues(trust: casework.trust, policy: policy)
            .adding([.code: digits.digits, .host: host.map(String.init) ?? ""])
        let text = try policy.fill(.securityCode, values)
        try transaction.post(
            NewMessage(
                channel: .text, recipient: phone, subject: "", body: text.plainText, caseID: nil,
                dedupeKey: StoredCode.messageKey(code)), at: casework.surroundings.now())
    }

    func hurry() { casework.wakeWorker() }

    private func site(_ audience: Audience) -> String {
        switch audience {
        case .portal: casework.trust.portal
        case .desk: casework.trust.desk
        }
    }
}

extension AccountMail {
    /// The policy's text.
    fileprivate var wording: StandardWording {
        switch self {
        case .verify: .verifyAddress
        case .knownAddress: .knownAddress
        case .reset: .resetPassword
        case .unknownAddress: .unknownAddress
        case .passwordChanged: .passwordChanged
        case .secondFactorChanged: .secondStepChanged
        case .closed: .accountClosed
        case .invitation: .staffInvitation
        }
    }

    /// Until when its link can be used.
    fileprivate var until: Moment? {
        switch self {
        case .verify(_, let until), .reset(_, let until), .invitation(_, let until): until
        case .knownAddress, .unknownAddress, .passwordChanged, .secondFactorChanged, .closed: nil
        }
    }
}
