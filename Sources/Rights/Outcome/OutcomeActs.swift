/// Refuses the request on a ground of the catalogue, with the letter (policy 3.6, 5.4).
package struct RefuseRequest: Act {
    package static let allowed = Allowed.staff(.decideOutcome)

    package var ground: String
    package var reason: String
    package var letter: String

    package init(ground: String, reason: String, letter: String) {
        self.ground = ground
        self.reason = reason
        self.letter = letter
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        let grounds = situation.policy.exemptions(for: matter.received.regime, matter.received.right)
        reasons.require(
            grounds.contains { $0.code == ground }, "ground-unknown", "Choose the ground of the refusal.",
            field: "ground")
        reasons.requireText(reason, "reason", "Give the reason for the file.")
        reasons.requireLetter(letter, "letter", "Write the letter to the requester.")
        reasons.add(situation.policy.missingComplaintRights(in: letter))
        let fact = RequestRefused(ground: ground, reason: reason, letter: letter)
        let message = MessageSent(number: matter.nextMessage, text: letter, asks: .nothing)
        return .facts(
            [
                Addition(.messageSent(message), on: situation.today),
                Addition(.requestRefused(fact), on: situation.today),
            ], unless: reasons.list)
    }
}

/// Says that what was asked for is not held, after a search that is on record (policy 5.4(d); S2-124).
package struct DeclareNotHeld: Act {
    package static let allowed = Allowed.staff(.decideOutcome)

    package var searches: [NotHeld.Search]
    package var letter: String

    package init(searches: [NotHeld.Search], letter: String) {
        self.searches = searches
        self.letter = letter
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        reasons.require(
            !searches.isEmpty && searches.allSatisfy { !$0.place.isBlank && !$0.result.isBlank }, "search-missing",
            "Say where you searched and what you found there.", field: "searches")
        reasons.requireLetter(letter, "letter", "Write the letter to the requester.")
        reasons.add(situation.policy.missingComplaintRights(in: letter))
        reasons.require(
            matter.records.isEmpty, "records-present",
            "The case holds \(matter.records.count) record files. Take them out first, or release them.")
        let message = MessageSent(number: matter.nextMessage, text: letter, asks: .nothing)
        return .facts(
            [
                Addition(.messageSent(message), on: situation.today),
                Addition(.notHeld(NotHeld(searches: searches, letter: letter)), on: situation.today),
            ], unless: reasons.list)
    }
}

/// Says whether another request about the same person is the same request (S2-077: a person's act).
package struct JudgeDuplicate: Act {
    package static let allowed = Allowed.staff(.logRequest)

    package var judged: DuplicateJudged

    package init(judged: DuplicateJudged) { self.judged = judged }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireText(judged.reason, "reason", "Give the reason.")
        reasons.require(judged.other != matter.id, "same-case", "This is the case itself.")
        return .facts([Addition(.duplicateJudged(judged), on: situation.today)], unless: reasons.list)
    }
}
