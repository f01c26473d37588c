import Rights
import Store

/// What a member of staff sees while setting themselves up.
package enum SetUpStage: Hashable, Sendable {
    /// Password and kind of second factor are to be chosen.
    case choose(email: String)
    /// The secret is to be entered in an app, and its code typed.
    case app(email: String, codes: TimeCodes, address: String)
    /// The code that was sent is to be typed.
    case text(email: String, maskedPhone: String)
}

/// The second factor somebody chooses.
package enum FactorChoice: Hashable, Sendable {
    case app
    /// With the mobile number as typed.
    case text(phone: String)
}

extension StaffAccounts {
    private static let purposes: Set<StoredLink.Purpose> = [.invite, .bootstrap]

    /// Makes the first administrator and a link that is good for an hour, to be printed where only the person at
    /// the machine sees it. Asked again before the link was used, the old link loses its worth.
    ///
    /// - Throws: `Problem.refused` with `already-set-up` once any administrator has set themselves up, or with the
    ///   faults of the details.
    package func bootstrap(_ details: StaffDetails) async throws -> (link: Token, until: Moment) {
        let now = surroundings.now()
        let until = now + entrance.rules.bootstrapLink
        let link = entrance.token()
        let new = try stored(details, as: surroundings.identifier())
        guard permissions(of: new.roles).contains(.administer) else {
            throw Problem.refused([Reason("role-missing", "The first account must be an administrator's")])
        }
        try await entrance.commit { transaction in
            let everybody = try transaction.allStaff()
            guard !everybody.contains(where: { $0.isSetUp && permissions(of: $0.roles).contains(.administer) }) else {
                throw Problem.refused([
                    Reason(
                        "already-set-up", "There is an administrator already. Ask them for an invitation")
                ])
            }
            let id: Staff.ID
            if let waiting = everybody.first(where: { $0.email.lowercased() == new.email.lowercased() }) {
                id = waiting.id
            } else {
                try transaction.addStaff(new, at: now)
                id = new.id
            }
            let account = try account(id, in: transaction)
            try transaction.addLink(
                link.digest, for: .bootstrap, on: .desk, email: account.email, account: account.id, at: now,
                until: until)
            try entrance.record(.invited, for: account, by: "Command line", in: transaction, at: now)
        }
        return (link, until)
    }

    /// Whether the link can be used; looking uses nothing up.
    package func standing(of link: Token) async throws -> LinkStanding {
        try await entrance.standing(of: link, for: Self.purposes)
    }

    /// Where somebody who follows their link stands.
    ///
    /// - Throws: `Problem.refused` with `link-used`, `link-expired`, `link-superseded` or `link-unknown`.
    package func setUpStage(of link: Token) async throws -> SetUpStage {
        let now = surroundings.now()
        return try await store.read { transaction in
            let (kept, email) = try entrance.goodLink(link, for: Self.purposes, in: transaction, at: now)
            guard let choice = try transaction.settingUp(behind: kept.digest) else { return .choose(email: email) }
            switch choice.factor {
            case .none: return .choose(email: email)
            case .text(let phone): return .text(email: email, maskedPhone: MobileNumber.masked(phone))
            case .app(let secret, _):
                let codes = TimeCodes(secret: secret)
                return .app(email: email, codes: codes, address: codes.address(issuer: issuer, account: email))
            }
        }
    }

    /// Chooses a password and a second factor. Nothing is in force until the factor is proved by a code, so that
    /// nobody locks themselves out by a slip.
    ///
    /// - Throws: `Problem.refused` with the reasons of `PasswordRules`, of the number, of the link, or `code-delay`.
    package func choose(
        password: String, again: String, factor: FactorChoice, through link: Token
    ) async throws {
        let now = surroundings.now()
        let (_, email) = try await store.read { try entrance.goodLink(link, for: Self.purposes, in: $0, at: now) }
        var reasons = entrance.passwordRules.objections(to: password, repeated: again, email: email)
        let chosen: SecondFactor
        switch factor {
        case .app: chosen = .app(secret: surroundings.random(20), lastStep: nil)
        case .text(let typed):
            do {
                chosen = .text(phone: try MobileNumber.read(typed, field: "phone").text)
            } catch Problem.refused(let objections) {
                reasons += objections
                chosen = .none
            }
        }
        guard reasons.isEmpty else { throw Problem.refused(reasons) }
        let hash = try await entrance.passwords.hash(password)
        try await entrance.commit { transaction in
            let (kept, account) = try owner(of: link, in: transaction, at: now)
            if case .text(let phone) = chosen {
                try entrance.checkCodeWait(for: account, field: "phone", in: transaction, at: now)
                try entrance.sendCode(to: phone, of: account, for: .newNumber, in: transaction, at: now)
            }
            try transaction.keepSettingUp(SettingUp(password: hash, factor: chosen), behind: kept.digest)
        }
    }

    /// Goes back to choosing.
    package func chooseAgain(through link: Token) async throws {
        let now = surroundings.now()
        try await entrance.commit { transaction in
            let (kept, _) = try owner(of: link, in: transaction, at: now)
            try transaction.forgetSettingUp(behind: kept.digest)
        }
    }

    /// Sends the text message again.
    ///
    /// - Throws: `Problem.refused` with `code-delay`, or the link's reasons.
    package func sendSetUpCodeAgain(through link: Token) async throws {
        let now = surroundings.now()
        try await entrance.commit { transaction in
            let (kept, account) = try owner(of: link, in: transaction, at: now)
            guard case .text(let phone) = try transaction.settingUp(behind: kept.digest)?.factor else {
                throw Problem.notFound
            }
            try entrance.checkCodeWait(for: account, in: transaction, at: now)
            try entrance.sendCode(to: phone, of: account, for: .newNumber, in: transaction, at: now)
        }
    }

    /// Proves the second factor by a code: the link is used up, and they can sign in, from this browser without
    /// waiting for others who guess.
    ///
    /// - Returns: for the cookie of a browser that is the owner's.
    /// - Throws: `Problem.refused` as for every code, or with the link's reasons.
    @discardableResult
    package func finishSetUp(code typed: String, through link: Token, browser: Browser) async throws -> Token {
        let device = browser.knownDevice ?? entrance.token()
        let code = try entrance.readCode(typed)
        let now = surroundings.now()
        let refused = try await entrance.commit { transaction -> CodeRefused? in
            let (kept, account) = try owner(of: link, in: transaction, at: now)
            guard case .staff(let id) = account.id, let choice = try transaction.settingUp(behind: kept.digest) else {
                throw Problem.notFound
            }
            var factor = choice.factor
            switch choice.factor {
            case .none: throw Problem.notFound
            case .text(let phone):
                let verdict = try entrance.judgeSent(
                    code, of: account, for: .newNumber, source: browser.source, in: transaction, at: now)
                guard case .right(let sent?) = verdict, sent.phone == phone else {
                    return CodeRefused(verdict: verdict.isRight ? .wrong : verdict)
                }
            case .app(let secret, _):
                // Whoever has the link is shown the secret, so there is nothing to guess here.
                guard let step = TimeCodes(secret: secret).accept(code, at: now, lastUsed: nil) else {
                    try entrance.record(.wrongCode, for: account, source: browser.source, in: transaction, at: now)
                    return CodeRefused(verdict: .wrong)
                }
                factor = .app(secret: secret, lastStep: step)
            }
            guard try transaction.useLink(kept.digest, at: now) else { throw Problem.notFound }
            try transaction.setUp(id, password: choice.password, factor: factor)
            try transaction.forgetSettingUp(behind: kept.digest)
            try transaction.endSessions(of: account.id, at: now)
            try transaction.keepKnownDevice(device.digest, account: account.id, at: now)
            try entrance.record(.setUp, for: account, source: browser.source, in: transaction, at: now)
            return nil
        }
        if let refused { throw refused.problem }
        return device
    }

    private func owner(
        of link: Token, in transaction: Transaction, at now: Moment
    ) throws -> (StoredLink, StoredAccount) {
        let (kept, _) = try entrance.goodLink(link, for: Self.purposes, in: transaction, at: now)
        guard let holder = kept.account, let account = try transaction.account(holder) else { throw Problem.notFound }
        return (kept, account)
    }
}
