import Foundation
import PolicyFiles
import Rights
import TestSupport
import Testing

@Suite("The policies that ship")
struct ShippedPolicyTests {
    @Test("load without a fault", arguments: ["poole-2017", "uk-2026"])
    func noFault(code: String) {
        #expect(PolicyFiles.check(Shipped.folder.appending(path: code)) == [])
    }

    @Test("are found together, the newest in force last, and the tables of bank holidays are no policy")
    func together() throws {
        #expect(try PolicyFiles.loadAll(Shipped.folder).map(\.edition.code) == ["poole-2017", "uk-2026"])
    }

    @Test("offer exactly the two application types of the guide on the portal (S1-33)")
    func portalTypes() {
        for policy in [Shipped.poole, Shipped.uk] {
            #expect(policy.portalTypes.map(\.code) == ["living", "deceased"])
        }
    }

    @Test("have a clock, the trust's own and the law's, for every kind of request")
    func clocks() throws {
        let day = try #require(Day("2026-06-20"))
        for policy in [Shipped.poole, Shipped.uk] {
            for regime in Regime.allCases {
                for right in Right.allCases {
                    #expect(policy.clock(for: regime, right) != nil)
                    #expect(policy.statute(for: regime, right, receivedOn: day) != nil)
                }
            }
        }
    }

    @Test("take the law in force on the day of receipt")
    func lawByDay() throws {
        func basis(_ day: String) throws -> String? {
            Shipped.poole.statute(for: .living, .access, receivedOn: try #require(Day(day)))?.basis
        }
        #expect(try basis("2026-02-04") == "UK GDPR Article 12(3)")
        #expect(try basis("2026-02-05") == "UK GDPR Article 12A")
    }

    @Test("say nothing in a mail or text message that could be about a person (S1-53)")
    func mailsAreSilent() {
        let harmless: Set<MergeField> = [
            .trust, .department, .contact, .portalAddress, .regulator, .reference, .link, .expires, .today,
        ]
        for policy in [Shipped.poole, Shipped.uk] {
            for wording in policy.wordings.all where wording.kind == .mail {
                #expect(wording.text.fields.isSubset(of: harmless), "\(wording.code)")
            }
            for wording in policy.wordings.all where wording.kind == .sms {
                #expect(wording.text.fields.isSubset(of: [.trust, .code, .host]), "\(wording.code)")
            }
        }
    }

    @Test("want proof of identity from everybody in 2017, and only on doubt under the law of 2026 (C-06)")
    func identity() {
        #expect(Shipped.poole.needsDocument(for: .identity, in: "patient"))
        #expect(!Shipped.uk.needsDocument(for: .identity, in: "patient"))
        #expect(!Shipped.poole.needsDocument(for: .authority, in: "patient"))
        #expect(Shipped.uk.needsDocument(for: .authority, in: "carer"))
        #expect(!Shipped.uk.documents(proving: .identity, in: "patient").isEmpty)
    }

    @Test("refuse telephone and text message in 2017, and accept them under the law of 2026 (S2-062)")
    func channels() {
        #expect(Shipped.poole.channels[.telephone] == .advice)
        #expect(Shipped.poole.channels[.textMessage] == .advice)
        #expect(Shipped.uk.channels[.telephone] == .accepted)
        #expect(Shipped.poole.channels.count == Channel.allCases.count)
    }

    @Test("give administrators no sight of cases, and case handlers no administration")
    func leastPrivilege() {
        for policy in [Shipped.poole, Shipped.uk] {
            #expect(policy.permissions(of: ["administrator"]) == [.administer])
            #expect(!policy.permissions(of: ["medico-legal", "information-governance"]).contains(.administer))
            #expect(!policy.permissions(of: ["health-professional"]).contains(.release))
            #expect(policy.permissions(of: ["nobody"]).isEmpty)
        }
    }

    @Test("never word a stage so that it speaks of a refusal or an exemption (S1-47)")
    func stages() {
        for policy in [Shipped.poole, Shipped.uk] {
            for wording in policy.stages.values {
                let text = (wording.label + wording.sentence).lowercased()
                #expect(!["refus", "exempt", "withh", "harm"].contains { text.contains($0) })
            }
            #expect(policy.stages.count == Stage.allCases.count)
        }
    }

    @Test("have a fingerprint that only a change of the text changes")
    func fingerprint() throws {
        let again = try PolicyFiles.load(Shipped.folder.appending(path: "poole-2017"))
        #expect(again.edition.fingerprint == Shipped.poole.edition.fingerprint)
        let copy = try PolicyCopy()
        try copy.replace("alerts.yaml", "[7, 3, 1, 0]", "[7, 3, 0]")
        #expect(try PolicyFiles.load(copy.folder).edition.fingerprint != again.edition.fingerprint)
    }

    @Test("come with bank holidays that reach into next year")
    func holidays() throws {
        let tables = try PolicyFiles.holidays(
            Shipped.folder.appending(path: "bank-holidays"), on: try #require(Day("2026-11-21")))
        #expect(Set(tables.keys) == Set(Nation.allCases))
    }
}
