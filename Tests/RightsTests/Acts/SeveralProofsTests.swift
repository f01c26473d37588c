import Foundation
import Rights
import Testing

/// A capacity that must show several things for one check: policy 5.1(e), `capacity.yaml`.
@Suite struct SeveralProofsTests {
    private static func carer() throws -> CaseInHand {
        try CaseInHand {
            $0.requester.capacity = "carer"
            $0.requester.name = PersonName(given: "Omar", family: "Rahman")
        }
    }

    private static let consent = SeenDocument(document: "signed-consent", slot: "patient-consent", seenAs: "copy")
    private static let identity = SeenDocument(
        document: "patient-identity-copy", slot: "patient-identity", seenAs: "copy")

    private static func acceptance(_ documents: SeenDocument..., of hand: CaseInHand) -> AcceptCheck {
        AcceptCheck(check: .authority, arrivedOn: hand.today, documents: documents)
    }

    @Test(
        "every thing that the policy names must have been seen",
        arguments: [
            Refusal("nothing", ["document-missing", "document-missing"]) {
                let hand = try carer()
                return (hand, acceptance(of: hand))
            },
            Refusal("the consent alone", ["document-missing"]) {
                let hand = try carer()
                return (hand, acceptance(consent, of: hand))
            },
            Refusal("the patient's identity alone", ["document-missing"]) {
                let hand = try carer()
                return (hand, acceptance(identity, of: hand))
            },
            Refusal("the consent twice", ["document-missing", "document-unknown"]) {
                let hand = try carer()
                return (hand, acceptance(consent, consent, of: hand))
            },
            Refusal("the consent in the place of the identity", ["document-unknown"]) {
                let hand = try carer()
                let wrong = SeenDocument(document: "signed-consent", slot: "patient-identity")
                return (hand, acceptance(consent, wrong, of: hand))
            },
        ])
    func refusals(_ refusal: Refusal) throws { try refusal.holds() }

    @Test("the reason names what is missing and stands beside its field")
    func naming() throws {
        let hand = try Self.carer()
        let act = Self.acceptance(Self.consent, of: hand)
        guard
            case .refused(let reasons) = act.decide(
                on: hand.matter, in: hand.situation(for: .staff(CaseInHand.handler)))
        else {
            Issue.record("accepted with one of two documents")
            return
        }
        #expect(reasons.map(\.field) == ["patient-identity-document"])
        #expect(reasons.first?.text.hasPrefix("Missing: Copy of the patient's proof of identity.") == true)
    }

    @Test("with all of them it is accepted, and the case keeps each")
    func accepted() throws {
        var hand = try Self.carer()
        try hand.does(Self.acceptance(Self.identity, Self.consent, of: hand))
        guard case .accepted(let fact, _, _) = hand.matter.standing(of: .authority).standing else {
            Issue.record("not accepted")
            return
        }
        #expect(fact.documents == [Self.identity, Self.consent])
        let gate = hand.matter.gates(under: hand.policy).first { $0.code == "authority" }
        #expect(gate?.detail.contains("Consent form signed by the patient") == true)
    }

    @Test("what was not sent is missing, until it is; what was sent without a word may be any of it")
    func missing() throws {
        var hand = try Self.carer()
        #expect(
            hand.matter.missingProof(of: .authority, under: hand.policy).map(\.code) == [
                "patient-consent", "patient-identity",
            ])
        try hand.does(LogEvidence(check: .authority, arrivedOn: hand.today, document: "signed-consent"))
        #expect(hand.matter.missingProof(of: .authority, under: hand.policy).map(\.code) == ["patient-identity"])
        try hand.does(LogEvidence(check: .authority, arrivedOn: hand.today))
        #expect(hand.matter.missingProof(of: .authority, under: hand.policy).isEmpty)
    }

    @Test("a proof that was kept while a check knew one document reads as that document")
    func older() throws {
        let kept = #"{"check":"identity","document":"passport","seenAs":"Copy","expires":"2030-06-01","note":"Clear"}"#
        let fact = try JSONDecoder().decode(CheckAccepted.self, from: Data(kept.utf8))
        let passport = SeenDocument(document: "passport", seenAs: "Copy", expires: day(2030, 6, 1))
        #expect(fact == CheckAccepted(check: .identity, documents: [passport], note: "Clear"))
        let none = try JSONDecoder().decode(CheckAccepted.self, from: Data(#"{"check":"authority"}"#.utf8))
        #expect(none.documents.isEmpty)
        #expect(try JSONDecoder().decode(CheckAccepted.self, from: JSONEncoder().encode(fact)) == fact)
    }
}
