import Rights
import Store

extension Accounts {
    /// Changes the password of somebody signed in (S1-26, S1-27): confirmed by mail, other sessions end.
    ///
    /// - Throws: `Problem.refused` with `password-wrong` for the current one, `sign-in-wait`, `busy`, or the reasons
    ///   of `PasswordRules` for the new one.
    package func changePassword(
        of requester: SignedInRequester, current: String, to password: String, again: String, browser: Browser
    ) async throws {
        try await entrance.changePassword(
            of: .requester(requester.account), session: requester.session, current: current, to: password,
            again: again, browser: browser)
    }

    /// Closes the account (S1-68): nobody can sign in to it any more. Requests stay with the trust under its
    /// retention rule.
    ///
    /// - Throws: `Problem.refused` with `password-wrong`, `sign-in-wait` or `busy`.
    package func close(_ requester: SignedInRequester, password: String, browser: Browser) async throws {
        let holder = Holder.requester(requester.account)
        let account = try await entrance.confirm(password, of: holder, browser: browser, field: "password")
        let now = surroundings.now()
        try await entrance.commit { transaction in
            try transaction.endSessions(of: holder, at: now)
            try transaction.supersedeLinks(to: account.email, on: .portal, at: now)
            try transaction.closeAccount(holder, at: now)
            try entrance.record(.closed, for: account, source: browser.source, in: transaction, at: now)
            try entrance.posting.post(.closed, to: account.email, on: .portal, in: transaction)
        }
    }
}

extension Entrance {
    func changePassword(
        of holder: Holder, session: StoredSession.ID, current: String, to password: String, again: String,
        browser: Browser
    ) async throws {
        guard let owner = try await store.read({ try $0.account(holder) }) else { throw Problem.notFound }
        let objections = passwordRules.objections(to: password, repeated: again, email: owner.email)
        let account: StoredAccount
        do {
            account = try await confirm(current, of: holder, browser: browser, field: "current")
        } catch Problem.refused(let reasons) {
            throw Problem.refused(reasons + objections)
        }
        guard objections.isEmpty else { throw Problem.refused(objections) }
        let hash = try await passwords.hash(password)
        let now = surroundings.now()
        try await commit { transaction in
            // In another tab or through a link, somebody was quicker.
            guard try transaction.account(holder)?.password == account.password else {
                throw Problem.conflict("Your password was changed in the meantime. Sign in with the new one.")
            }
            try transaction.setPassword(hash, of: holder)
            try transaction.endSessions(of: holder, except: session, at: now)
            try transaction.supersedeLinks(to: account.email, on: audience, at: now)
            try record(.passwordChanged, for: account, source: browser.source, in: transaction, at: now)
            try posting.post(.passwordChanged, to: account.email, on: audience, in: transaction)
        }
    }
}
