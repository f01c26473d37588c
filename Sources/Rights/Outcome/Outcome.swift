/// The request, or part of it, was refused (policy 3.6, 5.4).
package struct RequestRefused: Hashable, Sendable, Codable {
    /// The policy's code in the exemption catalogue.
    package var ground: String
    /// Staff's reason, for the file.
    package var reason: String
    /// The letter as sent, with both complaint paragraphs (policy 3.6).
    package var letter: String

    package init(ground: String, reason: String, letter: String) {
        self.ground = ground
        self.reason = reason
        self.letter = letter
    }
}

/// What was asked for is not held, which is not a refusal (policy 5.4(d)).
package struct NotHeld: Hashable, Sendable, Codable {
    /// One place searched, as the search record keeps it.
    package struct Search: Hashable, Sendable, Codable {
        package var place: String
        package var result: String

        package init(place: String, result: String) {
            self.place = place
            self.result = result
        }
    }

    package var searches: [Search]
    package var letter: String

    package init(searches: [Search], letter: String) {
        self.searches = searches
        self.letter = letter
    }
}

/// The requester took the request back.
package struct Withdrawn: Hashable, Sendable, Codable {
    /// How they said so: `Message of 3 November`, `Letter`.
    package var how: String

    package init(how: String) { self.how = how }
}

/// The case was closed for another reason: lapsed, redirected, a duplicate.
package struct Closed: Hashable, Sendable, Codable {
    package enum Cause: String, Sendable, Codable, CaseIterable { case lapsed, redirected, duplicate }

    package var cause: Cause
    package var reason: String

    package init(cause: Cause, reason: String) {
        self.cause = cause
        self.reason = reason
    }
}

/// How a case ended.
package enum Outcome: String, Sendable, Codable, CaseIterable {
    case released, refused
    case notHeld = "not-held"
    case withdrawn, lapsed, redirected, duplicate
}

/// An earlier entry was a mistake and no longer counts; it stays in the history, struck out.
package struct Struck: Hashable, Sendable, Codable {
    /// The sequence number of the mistaken entry.
    package var entry: Int
    package var reason: String

    package init(entry: Int, reason: String) {
        self.entry = entry
        self.reason = reason
    }
}
