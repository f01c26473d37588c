import Rights
import Store

/// What came of typing a code.
enum CodeVerdict: Sendable, Hashable {
    /// Right; with the code that was sent, where one was.
    case right(StoredCode?)
    case wrong
    /// It was right once; `sent` says whether another is on its way.
    case expired(sent: Bool)
    case spent
    /// Too many wrong codes for this account.
    case wait
    /// What the code was for is over.
    case stepOver

    var isRight: Bool {
        if case .right = self { true } else { false }
    }

    /// What to tell the person; nothing where the code was right.
    func reason(field: String) -> Reason? {
        switch self {
        case .right: nil
        case .wrong: Reason("code-wrong", "The security code is not right. Check it and try again", field: field)
        case .expired(sent: true):
            Reason("code-expired", "The security code has expired. We have sent you a new one", field: field)
        case .expired(sent: false):
            Reason("code-expired", "The security code has expired. Ask for a new one", field: field)
        case .spent:
            Reason("code-spent", "Too many wrong security codes were entered. Ask for a new one", field: field)
        case .wait:
            Reason(
                "code-wait", "Too many wrong security codes were entered. Wait 15 minutes, then try again",
                field: field)
        case .stepOver: Reason("start-again", "Too much time has passed. Start again", field: nil)
        }
    }
}

/// A code that was not accepted, carried out of a transaction whose counting must be kept.
struct CodeRefused: Error {
    let verdict: CodeVerdict
    var field = "code"

    var problem: Problem { .refused([verdict.reason(field: field)].compactMap(\.self)) }
}

extension Entrance {
    private static let wrongCodesInWindow = 5
    private static let wrongCodeWindow = 15 * 60

    /// What a person typed as a code.
    func readCode(_ text: String, field: String = "code") throws(Problem) -> SecurityCode {
        guard let code = SecurityCode(text) else {
            throw .refused([Reason("code-format", "Enter the 6 digits of your security code", field: field)])
        }
        return code
    }

    /// Seconds until another code may be sent for an account; nothing when it may be now (S1-30). Codes that were used
    /// do not count: who turns the second step on can sign in with it at once.
    func codeWait(for account: StoredAccount, in transaction: Transaction, at now: Moment) throws -> Int? {
        let sent = try transaction.codesUnused(of: account.id, since: now + -3600, until: now)
        if let newest = sent.first, now - newest < SecurityCode.delay { return SecurityCode.delay - (now - newest) }
        if sent.count >= SecurityCode.mostInAnHour { return 3600 - (now - sent[SecurityCode.mostInAnHour - 1]) }
        return nil
    }

    /// - Throws: `Problem.refused` with `code-delay` where a code went out a moment ago or too many in the last hour.
    func checkCodeWait(
        for account: StoredAccount, field: String = "code", in transaction: Transaction, at now: Moment
    ) throws {
        guard let seconds = try codeWait(for: account, in: transaction, at: now) else { return }
        throw Problem.refused([
            Reason(
                "code-delay",
                "We have sent you a security code already. If it does not arrive, you can ask for another in "
                    + "\(waitInWords(seconds))", field: field)
        ])
    }

    func sendCode(
        to phone: String, of account: StoredAccount, for purpose: StoredCode.Purpose, in transaction: Transaction,
        at now: Moment
    ) throws {
        let code = SecurityCode(random: surroundings.random)
        let id = identifier()
        try transaction.addCode(
            id, of: account.id, for: purpose, phone: phone, digits: code.digits, at: now)
        try posting.post(code, known: id, to: phone, on: audience, in: transaction)
        try record(.codeSent, for: account, in: transaction, at: now)
    }

    /// Judges a code that was sent as a text message, and uses it up. One that has expired is replaced by another.
    func judgeSent(
        _ code: SecurityCode, of account: StoredAccount, for purpose: StoredCode.Purpose, source: String,
        in transaction: Transaction, at now: Moment
    ) throws -> CodeVerdict {
        let verdict = try lookAtSent(code, of: account, for: purpose, source: source, in: transaction, at: now)
        guard case .right(let sent?) = verdict else { return verdict }
        return try transaction.useCode(sent.id, at: now) ? verdict : .wrong
    }

    /// Judges a code that was sent, without using it up where it is right.
    func lookAtSent(
        _ code: SecurityCode, of account: StoredAccount, for purpose: StoredCode.Purpose, source: String,
        in transaction: Transaction, at now: Moment
    ) throws -> CodeVerdict {
        let sent = try transaction.codes(
            of: account.id, for: purpose, since: now + -SecurityCode.memory, until: now)
        let digest = transaction.codeDigest(code.digits, of: account.id)
        switch StoredCode.judge(digest, among: sent, at: now) {
        case .right(let match): return .right(match)
        case .wrong:
            try transaction.countFailure(of: account.id, for: purpose, since: now + -SecurityCode.lifetime)
            try record(.wrongCode, for: account, source: source, in: transaction, at: now)
            return .wrong
        case .expired:
            guard let phone = sent.first?.phone, try codeWait(for: account, in: transaction, at: now) == nil else {
                return .expired(sent: false)
            }
            try sendCode(to: phone, of: account, for: purpose, in: transaction, at: now)
            return .expired(sent: true)
        case .spent: return .spent
        }
    }

    /// Judges a code of an authenticator app, and uses up its step. The app's code renews itself, so wrong ones
    /// are counted for the account.
    func judgeApp(
        _ code: SecurityCode, secret: [UInt8], lastStep: Int64?, of account: StoredAccount, source: String,
        in transaction: Transaction, at now: Moment
    ) throws -> CodeVerdict {
        let wrong = try transaction.wrongCodes(of: account.id, since: now + -Self.wrongCodeWindow, until: now)
        guard wrong.count < Self.wrongCodesInWindow else { return .wait }
        if let step = TimeCodes(secret: secret).accept(code, at: now, lastUsed: lastStep),
            try transaction.spendAppStep(step, of: account.id)
        {
            return .right(nil)
        }
        try record(.wrongCode, for: account, source: source, in: transaction, at: now)
        return .wrong
    }
}
