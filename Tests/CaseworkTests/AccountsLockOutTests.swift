import Rights
import TestSupport
import Testing

@testable import Casework

@Suite("Guessing holds up who guesses, and shuts nobody out for good (S1-22)")
struct AccountsLockOutTests {
    private let trust: AccountsWorld
    private let email = "a.requester@example.org"

    init() throws { trust = try AccountsWorld() }

    @Test("Somebody who guesses from elsewhere does not lock the owner out")
    func ownerGetsIn() async throws {
        try await trust.register()
        let device = try await trust.signIn().knownDevice
        for number in 0..<60 {
            _ = try await trust.tryPassword("wrong", browser: trust.browser(from: "198.51.100.\(number)"))
        }
        #expect(
            try await trust.tryPassword("wrong", browser: trust.browser(from: "198.51.100.99")).map(\.code) == [
                "sign-in-wait"
            ])
        #expect(
            try await trust.tryPassword(AccountsWorld.good, browser: trust.browser(device: device)).isEmpty,
            "a browser known to the account is let through")
        #expect(
            try await trust.tryPassword(AccountsWorld.good, browser: trust.browser(from: "203.0.113.7")).map(\.code)
                == ["sign-in-wait"])
        trust.world.advance(seconds: 60)
        #expect(
            try await trust.tryPassword(AccountsWorld.good, browser: trust.browser(from: "203.0.113.7")).isEmpty,
            "and any other after a minute")
    }

    @Test("Somebody at the owner's own network address does not lock out the owner's browser")
    func sharedAddress() async throws {
        try await trust.register()
        let device = try await trust.signIn().knownDevice
        for _ in 0..<12 { _ = try await trust.tryPassword("wrong") }
        #expect(try await trust.tryPassword(AccountsWorld.good).map(\.code) == ["sign-in-wait"])
        #expect(try await trust.tryPassword(AccountsWorld.good, browser: trust.browser(device: device)).isEmpty)
    }

    @Test("A known browser that guesses is slowed down itself")
    func knownGuesses() async throws {
        try await trust.register()
        let device = try await trust.signIn().knownDevice
        for _ in 0..<5 { _ = try await trust.tryPassword("wrong", browser: trust.browser(device: device)) }
        #expect(
            try await trust.tryPassword(AccountsWorld.good, browser: trust.browser(device: device)).map(\.code)
                == ["sign-in-wait"])
    }

    @Test("Another account's browser, or an invented one, is not known")
    func foreignDevice() async throws {
        try await trust.register()
        try await trust.register("b.requester@example.org")
        let foreign = try await trust.signIn("b.requester@example.org").knownDevice
        for _ in 0..<5 { _ = try await trust.tryPassword("wrong", browser: trust.browser(device: foreign)) }
        #expect(
            try await trust.tryPassword(AccountsWorld.good, browser: trust.browser(device: foreign)).map(\.code)
                == ["sign-in-wait"])
    }

    @Test("One place that tries many addresses is slowed down for all of them")
    func spraying() async throws {
        for number in 0..<100 { _ = try await trust.tryPassword("wrong", email: "person\(number)@example.org") }
        #expect(try await trust.tryPassword("wrong", email: "person200@example.org").map(\.code) == ["sign-in-wait"])
        trust.world.advance(seconds: 10)
        #expect(try await trust.tryPassword("wrong", email: "person200@example.org").map(\.code) == ["sign-in-wrong"])
    }

    @Test("However long somebody guesses and asks for mails, the owner comes in by mail at a browser never used before")
    func relentless() async throws {
        try await trust.register()
        let attacker = trust.browser(from: "203.0.113.7")
        for second in 0..<1_200 {
            _ = try await trust.tryPassword("wrong", browser: attacker)
            if second.isMultiple(of: 20) {
                _ = try await trust.accounts.forgotPassword(email: email, browser: attacker)
            }
            trust.world.advance(seconds: 5)
        }
        // At the attacker's own place, or anywhere else.
        for place in ["203.0.113.7", "198.51.100.9"] {
            let browser = trust.browser(from: place)
            _ = try await trust.tryPassword("wrong", browser: attacker)
            let held = try await trust.tryPassword(AccountsWorld.better, browser: browser).map(\.code)
            #expect(held == ["sign-in-wait"] || place != "203.0.113.7")
            trust.world.advance(seconds: 120)
            try await trust.accounts.forgotPassword(email: email, browser: browser)
            let set = try await trust.accounts.setPassword(
                AccountsWorld.better, again: AccountsWorld.better, through: try trust.box.link(to: email),
                browser: browser)
            _ = try await trust.tryPassword("wrong", browser: attacker)
            let known = trust.browser(from: place, device: set.knownDevice)
            #expect(try await trust.tryPassword(AccountsWorld.better, browser: known).isEmpty)
            trust.world.advance(seconds: 3_600)
        }
        trust.world.advance(seconds: 900)
        #expect(
            try await trust.tryPassword(AccountsWorld.better, browser: attacker).isEmpty,
            "and once it is over, anywhere")
    }

    @Test("Nor does somebody who guesses at a browser that was known to the account")
    func relentlessAtHome() async throws {
        try await trust.register()
        let shared = trust.browser(device: try await trust.signIn().knownDevice)
        for _ in 0..<40 {
            _ = try await trust.tryPassword("wrong", browser: shared)
            trust.world.advance(seconds: 60)
        }
        #expect(try await trust.tryPassword(AccountsWorld.good, browser: shared).map(\.code) == ["sign-in-wait"])
        let elsewhere = trust.browser(from: "198.51.100.9")
        try await trust.accounts.forgotPassword(email: email, browser: elsewhere)
        let set = try await trust.accounts.setPassword(
            AccountsWorld.better, again: AccountsWorld.better, through: try trust.box.link(to: email),
            browser: elsewhere)
        _ = try await trust.tryPassword("wrong", browser: shared)
        let known = trust.browser(from: "198.51.100.9", device: set.knownDevice)
        #expect(try await trust.tryPassword(AccountsWorld.better, browser: known).isEmpty)
        for _ in 0..<5 { _ = try await trust.tryPassword("wrong", browser: shared) }
        #expect(
            try await trust.tryPassword(AccountsWorld.better, browser: shared).map(\.code) == ["sign-in-wait"],
            "it is a stranger's now")
    }

    @Test("Behind an address that a thousand people share, one who guesses holds up nobody for long")
    func sharedPlace() async throws {
        try await trust.register()
        let device = try await trust.signIn().knownDevice
        for number in 0..<150 { _ = try await trust.tryPassword("wrong", email: "person\(number)@example.org") }
        #expect(try await trust.tryPassword(AccountsWorld.good, browser: trust.browser(device: device)).isEmpty)
        #expect(try await trust.tryPassword(AccountsWorld.good).map(\.code) == ["sign-in-wait"])
        try await trust.accounts.register(
            email: "new@example.org", again: "new@example.org", browser: trust.browser())
        let set = try await trust.accounts.setPassword(
            AccountsWorld.good, again: AccountsWorld.good, through: try trust.box.link(to: "new@example.org"),
            browser: trust.browser())
        let known = trust.browser(device: set.knownDevice)
        #expect(try await trust.tryPassword(AccountsWorld.good, email: "new@example.org", browser: known).isEmpty)
        trust.world.advance(seconds: 10)
        #expect(try await trust.tryPassword(AccountsWorld.good).isEmpty, "and everybody else after ten seconds")
    }
}
