import Rights
import Store

/// What the page that asks for a code says.
package enum AwaitedCode: Hashable, Sendable {
    /// Sent as a text message. The number is never shown at sign-in. `isDelayed` says that the last message could
    /// not be handed over (S1-30).
    case text(isDelayed: Bool)
    /// Shown by an authenticator app.
    case app
}

extension Entrance {
    /// Which code a sign-in waits for; nothing when its time is over.
    package func awaitedCode(step: Token) async throws -> AwaitedCode? {
        let now = surroundings.now()
        return try await store.read { transaction in
            guard let waiting = try transaction.signInStep(step.digest, on: audience, at: now) else { return nil }
            switch try transaction.account(waiting.account)?.secondFactor {
            case nil, .some(.none): return nil
            case .text:
                let sent = try transaction.codes(
                    of: waiting.account, for: .signIn, since: now + -SecurityCode.lifetime, until: now)
                return .text(isDelayed: try sent.first.map { try transaction.isDelayed($0.id) } ?? false)
            case .app: return .app
            }
        }
    }

    /// Enters the code a sign-in waits for (S1-29).
    ///
    /// - Throws: `Problem.refused` with `code-format`, `code-wrong`, `code-expired` (another was sent if it could
    ///   be), `code-spent`, `code-wait`, or `start-again` when too much time has passed.
    package func enterCode(_ text: String, step: Token, browser: Browser) async throws -> NewSession {
        let code = try readCode(text)
        let now = surroundings.now()
        // The verdict is returned and not thrown, because what it counted must be kept.
        let entered = try await commit { transaction -> Result<NewSession, CodeRefused> in
            guard let waiting = try transaction.signInStep(step.digest, on: audience, at: now),
                let account = try transaction.account(waiting.account),
                try mayEnter(account.id, on: surroundings.day(now), in: transaction)
            else { return .failure(CodeRefused(verdict: .stepOver)) }
            let verdict: CodeVerdict
            switch account.secondFactor {
            case .none: verdict = .stepOver
            case .text:
                verdict = try judgeSent(
                    code, of: account, for: .signIn, source: browser.source, in: transaction, at: now)
            case .app(let secret, let lastStep):
                verdict = try judgeApp(
                    code, secret: secret, lastStep: lastStep, of: account, source: browser.source, in: transaction,
                    at: now)
            }
            guard case .right = verdict else {
                try transaction.recordAccess(.signInRefused, of: nil, by: account.id.skeleton, detail: "code", at: now)
                return .failure(CodeRefused(verdict: verdict))
            }
            guard try transaction.useSignInStep(step.digest, at: now) else {
                return .failure(CodeRefused(verdict: .stepOver))
            }
            return .success(
                try openSession(for: account, keep: waiting.keep, browser: browser, in: transaction, at: now))
        }
        switch entered {
        case .success(let session): return session
        case .failure(let refused): throw refused.problem
        }
    }

    /// Sends the text message again.
    ///
    /// - Throws: `Problem.refused` with `code-delay` where one went out a moment ago, or `start-again`.
    package func sendCodeAgain(step: Token) async throws {
        let now = surroundings.now()
        try await commit { transaction in
            guard let waiting = try transaction.signInStep(step.digest, on: audience, at: now),
                let account = try transaction.account(waiting.account), case .text(let phone) = account.secondFactor
            else { throw CodeRefused(verdict: .stepOver).problem }
            try checkCodeWait(for: account, in: transaction, at: now)
            try sendCode(to: phone, of: account, for: .signIn, in: transaction, at: now)
        }
    }
}
