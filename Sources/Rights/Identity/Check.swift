/// The proofs without which nothing is supplied (policy 5.1(c), 5.2(d)): who asks, where they live, and by what
/// right they ask.
package enum Check: String, CaseIterable, Hashable, Sendable, Codable {
    case identity, address, authority

    package var title: String {
        switch self {
        case .identity: "Identity"
        case .address: "Address"
        case .authority: "Authority"
        }
    }
}

/// A document was offered as proof.
package struct EvidenceOffered: Hashable, Sendable, Codable {
    package var check: Check
    /// The policy's document code, if the sender chose one: `passport`.
    package var document: String?
    package var file: StoredFile.ID?

    package init(check: Check, document: String? = nil, file: StoredFile.ID? = nil) {
        self.check = check
        self.document = document
        self.file = file
    }
}

/// A named person refused a proof, with the reason that the requester is told.
package struct CheckRefused: Hashable, Sendable, Codable {
    package var check: Check
    package var reason: String

    package init(check: Check, reason: String) {
        self.check = check
        self.reason = reason
    }
}

/// The dates of the record that decide between 21 and 40 days for the dead (policy 6.1(e); AHRA 1990 s.3(5)).
package struct LastEntryRecorded: Hashable, Sendable, Codable {
    /// The last entry made in connection with care; nothing if it is not known, which counts as recent.
    package var lastEntry: Day?
    /// The oldest entry applied for, which the Act asks about.
    package var firstEntry: Day?

    package init(lastEntry: Day?, firstEntry: Day?) {
        self.lastEntry = lastEntry
        self.firstEntry = firstEntry
    }
}

/// How one check stands.
package struct CheckState: Hashable, Sendable {
    package enum Standing: Hashable, Sendable {
        case waiting
        case accepted(CheckAccepted, on: Day, by: Author)
        case refused(CheckRefused, on: Day, by: Author)
    }

    package var standing: Standing = .waiting
    /// What was offered, oldest first, with the day it came.
    package var offered: [(evidence: EvidenceOffered, on: Day)] = []

    package var isAccepted: Bool {
        if case .accepted = standing { true } else { false }
    }

    /// The day from which the proof counts, once accepted.
    package var acceptedOn: Day? {
        if case .accepted(_, let day, _) = standing { day } else { nil }
    }

    /// A better proof after a refused one waits to be looked at again.
    mutating func offer(_ evidence: EvidenceOffered, on day: Day) {
        offered.append((evidence, day))
        if case .refused = standing { standing = .waiting }
    }

    package static func == (left: CheckState, right: CheckState) -> Bool {
        left.standing == right.standing && left.offered.count == right.offered.count
            && zip(left.offered, right.offered).allSatisfy { $0.evidence == $1.evidence && $0.on == $1.on }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(standing)
        for offer in offered { hasher.combine(offer.evidence) }
    }
}
