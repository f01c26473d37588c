import Rights
import Store

/// What a right password leads to.
package enum SignIn: Hashable, Sendable {
    /// Signed in; set the cookies.
    case done(NewSession)
    /// A code is asked for; keep this token in a cookie until it is entered.
    case needsCode(step: Token, until: Moment)
}

extension Entrance {
    /// Tries an address and a password. Whether the account exists cannot be told from the answer or the time.
    ///
    /// - Throws: `Problem.refused` with `sign-in-wrong`, `sign-in-wait` (too many tries) or `busy`; with
    ///   `access-ended` for staff whose last day is over.
    package func signIn(email: String, password: String, keep: Bool, browser: Browser) async throws -> SignIn {
        let missing = [
            email.isEmpty ? Reason("email-missing", "Enter your email address", field: "email") : nil,
            password.isEmpty ? Reason("password-missing", "Enter your password", field: "password") : nil,
        ].compactMap(\.self)
        guard missing.isEmpty else { throw Problem.refused(missing) }

        let attempt = try await beginAttempt(email: email, browser: browser)
        let answer = try await judge(password, in: attempt)
        guard let account = attempt.account, answer != .wrong else {
            let now = surroundings.now()
            let actor = attempt.account?.id.skeleton ?? "nobody:\(audience.rawValue)"
            try await store.write { try $0.recordAccess(.signInRefused, of: nil, by: actor, at: now) }
            throw wrongSignIn
        }
        let fresh = answer == .rightButCheap ? try await passwords.hash(password) : nil
        let passed = try await passPassword(account, fresh: fresh, keep: keep, attempt: attempt, browser: browser)
        switch passed {
        case .changed: throw wrongSignIn
        case .ended:
            throw Problem.refused([
                Reason("access-ended", "Your access has ended. Ask an administrator if you still need it.")
            ])
        case .through(let signIn): return signIn
        }
    }

    private var wrongSignIn: Problem {
        .refused([Reason("sign-in-wrong", "Your email address or password is not right", field: "email")])
    }

    /// Compares the password of somebody who is signed in, with the same throttle as at the door, so that an
    /// unattended browser is no place to guess from.
    ///
    /// - Returns: their account as it was compared.
    /// - Throws: `Problem.refused` with `password-wrong`, `sign-in-wait` or `busy`.
    func confirm(_ password: String, of holder: Holder, browser: Browser, field: String) async throws -> StoredAccount {
        guard !password.isEmpty else {
            throw Problem.refused([Reason("password-missing", "Enter your current password", field: field)])
        }
        guard let owner = try await store.read({ try $0.account(holder) }) else { throw Problem.notFound }
        let attempt = try await beginAttempt(email: owner.email, browser: browser, field: field)
        guard try await judge(password, in: attempt) != .wrong, let account = attempt.account else {
            throw Problem.refused([Reason("password-wrong", "Your current password is not right", field: field)])
        }
        try await store.write { try $0.judgeEvent(attempt.event, as: .rightPassword) }
        return account
    }

    private struct Attempt: Sendable {
        let event: String
        let account: StoredAccount?
    }

    /// Counts the try as failed before it is judged, so that many tries at once cannot pass the throttle together.
    private func beginAttempt(email: String, browser: Browser, field: String = "email") async throws -> Attempt {
        let now = surroundings.now()
        let event = identifier()
        let (wait, account) = try await store.write { transaction in
            let account = try transaction.account(email: email, on: audience)
            let isKnown = try browser.knownDevice.map {
                try transaction.isKnownDevice($0.digest, of: account?.id, since: now + -rules.knownDevice)
            }
            let since = now + -Throttle.window
            let wait = Throttle.wait(
                tried: try transaction.passwordsTried(for: email, on: audience, since: since, until: now),
                fromPlace: try transaction.failures(from: browser.source, on: audience, since: since, until: now),
                source: browser.source, isKnownDevice: isKnown ?? false, at: now)
            try transaction.addEvent(
                event, wait > 0 ? .turnedAway : .wrongPassword, on: audience, email: email, account: account?.id,
                source: browser.source, isKnownDevice: isKnown ?? false, at: now)
            return (wait, account)
        }
        guard wait == 0 else {
            throw Problem.refused([
                Reason(
                    "sign-in-wait",
                    "There were too many tries with a wrong password. Wait \(waitInWords(wait)), then try again. If "
                        + "you have forgotten your password you can set a new one.", field: field)
            ])
        }
        return Attempt(event: event, account: account)
    }

    private func judge(_ password: String, in attempt: Attempt) async throws -> Passwords.Answer {
        do {
            return try await passwords.compare(password, with: attempt.account?.password)
        } catch {
            // It was not judged, so it is not held against anybody.
            try await store.write { try $0.judgeEvent(attempt.event, as: .turnedAway) }
            throw error
        }
    }

    private enum Passed: Sendable {
        /// The password was changed, or the account closed, while it was being judged.
        case changed
        case ended
        case through(SignIn)
    }

    private func passPassword(
        _ account: StoredAccount, fresh: String?, keep: Bool, attempt: Attempt, browser: Browser
    ) async throws -> Passed {
        let now = surroundings.now()
        return try await commit { transaction in
            guard let current = try transaction.account(account.id), current.password == account.password else {
                return .changed
            }
            try transaction.judgeEvent(attempt.event, as: .rightPassword)
            guard try mayEnter(account.id, on: surroundings.day(now), in: transaction) else { return .ended }
            if let fresh, let old = account.password {
                try transaction.rehash(fresh, replacing: old, of: account.id)
            }
            switch current.secondFactor {
            case .none:
                return .through(
                    .done(try openSession(for: current, keep: keep, browser: browser, in: transaction, at: now)))
            case .text(let phone):
                // A code sent a moment ago is still good, so a second sign-in does not need another.
                if try codeWait(for: current, in: transaction, at: now) == nil {
                    try sendCode(to: phone, of: current, for: .signIn, in: transaction, at: now)
                }
            case .app: break
            }
            let step = token()
            let until = now + rules.step
            try transaction.addSignInStep(step.digest, account: account.id, keep: keep, until: until)
            return .through(.needsCode(step: step, until: until))
        }
    }

    func mayEnter(_ holder: Holder, on today: Day, in transaction: Transaction) throws -> Bool {
        switch holder {
        case .requester: true
        case .staff(let id): try transaction.staff(id)?.mayEnter(on: today) ?? false
        }
    }
}
