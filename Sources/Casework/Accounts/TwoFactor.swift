import Rights
import Store

extension Accounts {
    /// Sends a code to a mobile number that is to be registered (S1-28). Needs the password: otherwise a stranger at
    /// an unattended browser could shut the owner out with a number of their own.
    ///
    /// - Throws: `Problem.refused` with `phone-missing`, `phone-format`, `password-wrong`, `sign-in-wait`, `busy` or
    ///   `code-delay`; `Problem.conflict` if a number is registered already: changing it needs a code as well.
    package func registerNumber(
        _ typed: String, of requester: SignedInRequester, password: String, browser: Browser
    ) async throws {
        let number = try MobileNumber.read(typed, field: "phone")
        let holder = Holder.requester(requester.account)
        _ = try await entrance.confirm(password, of: holder, browser: browser, field: "password")
        let now = surroundings.now()
        try await entrance.commit { transaction in
            let account = try open(requester.account, in: transaction)
            guard account.secondFactor == .none else { throw alreadyOn }
            try entrance.checkCodeWait(for: account, field: "phone", in: transaction, at: now)
            try entrance.sendCode(to: number.text, of: account, for: .newNumber, in: transaction, at: now)
        }
    }

    private var alreadyOn: Problem { .conflict("A mobile number is registered already.") }

    /// Confirms the number by its code: from now on every sign-in asks for one (S1-29).
    ///
    /// - Throws: `Problem.refused` as for every code; `Problem.conflict` if a number is registered already.
    package func confirmNumber(_ typed: String, of requester: SignedInRequester, browser: Browser) async throws {
        let code = try entrance.readCode(typed)
        let now = surroundings.now()
        let refused = try await entrance.commit { transaction -> CodeRefused? in
            let account = try open(requester.account, in: transaction)
            guard account.secondFactor == .none else { throw alreadyOn }
            let verdict = try entrance.judgeSent(
                code, of: account, for: .newNumber, source: browser.source, in: transaction, at: now)
            guard case .right(let sent?) = verdict else { return CodeRefused(verdict: verdict) }
            try change(
                account, to: .text(phone: sent.phone), keeping: requester, as: .secondFactorOn, in: transaction, at: now
            )
            return nil
        }
        if let refused { throw refused.problem }
    }

    /// Sends another code to the number that is being registered, or to the registered one that is to go.
    ///
    /// - Throws: `Problem.refused` with `code-delay`; `Problem.notFound` if no code was asked for lately.
    package func sendCodeAgain(of requester: SignedInRequester, for purpose: StoredCode.Purpose) async throws {
        let now = surroundings.now()
        try await entrance.commit { transaction in
            let account = try open(requester.account, in: transaction)
            let sent = try transaction.codes(
                of: account.id, for: purpose, since: now + -SecurityCode.memory, until: now)
            guard let phone = sent.first(where: { !$0.isUsed })?.phone else { throw Problem.notFound }
            try entrance.checkCodeWait(for: account, in: transaction, at: now)
            try entrance.sendCode(to: phone, of: account, for: purpose, in: transaction, at: now)
        }
    }

    /// Asks to turn the second step off, or with a number to change it (S1-31): needs the password, and sends a
    /// code to the registered number, and one to the new number.
    ///
    /// - Throws: `Problem.refused` with `password-wrong`, `phone-format`, `code-delay`, `sign-in-wait` or `busy`;
    ///   `Problem.notFound` if no number is registered.
    package func leaveNumber(
        of requester: SignedInRequester, password: String, changingTo typed: String? = nil, browser: Browser
    ) async throws {
        let number = try typed.map { (typed) throws(Problem) in try MobileNumber.read(typed, field: "phone") }
        let holder = Holder.requester(requester.account)
        _ = try await entrance.confirm(password, of: holder, browser: browser, field: "password")
        let now = surroundings.now()
        try await entrance.commit { transaction in
            let account = try open(requester.account, in: transaction)
            guard case .text(let phone) = account.secondFactor else { throw Problem.notFound }
            try entrance.checkCodeWait(for: account, field: "password", in: transaction, at: now)
            try entrance.sendCode(to: phone, of: account, for: .oldNumber, in: transaction, at: now)
            if let number {
                try entrance.sendCode(to: number.text, of: account, for: .newNumber, in: transaction, at: now)
            }
        }
    }

    /// Turns the second step off with the code that went to the registered number.
    package func turnOff(code typed: String, of requester: SignedInRequester, browser: Browser) async throws {
        let code = try entrance.readCode(typed)
        let now = surroundings.now()
        let refused = try await entrance.commit { transaction -> CodeRefused? in
            let account = try open(requester.account, in: transaction)
            guard case .text = account.secondFactor else { throw Problem.notFound }
            let verdict = try entrance.judgeSent(
                code, of: account, for: .oldNumber, source: browser.source, in: transaction, at: now)
            guard case .right = verdict else { return CodeRefused(verdict: verdict) }
            try change(account, to: .none, keeping: requester, as: .secondFactorOff, in: transaction, at: now)
            return nil
        }
        if let refused { throw refused.problem }
    }

    /// Changes the number with both codes: the one that went to the old number, and the one that went to the new.
    /// Neither is used up unless both are right.
    ///
    /// - Throws: `Problem.refused` as for every code, with the field `oldCode` or `newCode`.
    package func changeNumber(
        oldCode: String, newCode: String, of requester: SignedInRequester, browser: Browser
    ) async throws {
        let old = SecurityCode(oldCode)
        let new = SecurityCode(newCode)
        guard let old, let new else {
            throw Problem.refused(
                [old == nil ? "oldCode" : nil, new == nil ? "newCode" : nil].compactMap(\.self).map {
                    Reason("code-format", "Enter the 6 digits of the security code", field: $0)
                })
        }
        let now = surroundings.now()
        let refused = try await entrance.commit { transaction -> CodeRefused? in
            let account = try open(requester.account, in: transaction)
            guard case .text = account.secondFactor else { throw Problem.notFound }
            let first = try entrance.lookAtSent(
                old, of: account, for: .oldNumber, source: browser.source, in: transaction, at: now)
            guard case .right(let sent?) = first else { return CodeRefused(verdict: first, field: "oldCode") }
            let second = try entrance.judgeSent(
                new, of: account, for: .newNumber, source: browser.source, in: transaction, at: now)
            guard case .right(let sentToNew?) = second else { return CodeRefused(verdict: second, field: "newCode") }
            guard try transaction.useCode(sent.id, at: now) else { throw Problem.notFound }
            try change(
                account, to: .text(phone: sentToNew.phone), keeping: requester, as: .secondFactorChanged,
                in: transaction,
                at: now)
            return nil
        }
        if let refused { throw refused.problem }
    }

    private func change(
        _ account: StoredAccount, to factor: SecondFactor, keeping requester: SignedInRequester,
        as event: AccountEvent, in transaction: Transaction, at now: Moment
    ) throws {
        try transaction.setSecondFactor(factor, of: account.id)
        try transaction.endSessions(of: account.id, except: requester.session, at: now)
        try entrance.record(event, for: account, in: transaction, at: now)
        try entrance.posting.post(.secondFactorChanged, to: account.email, on: .portal, in: transaction)
    }

}
