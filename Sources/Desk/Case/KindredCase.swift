import Rights
import Store
import Web

/// Another request about what may be the same person (policy 5.1(d), 5.2(g); S2-059, S2-077). Whether it is the same
/// request is for a person to say.
struct KindredCase: Hashable, Sendable {
    let id: Case.ID
    let reference: String
    let subjectName: String
    let requesterName: String
    let receivedOn: Day
    let stage: Stage
    let outcome: Outcome?
    /// What somebody judged it to be, if somebody has.
    let judged: Bool?

    /// - Parameter judged: what somebody judged it to be beside the case it was found for.
    init(_ summary: Summary, judged: Bool? = nil) {
        id = summary.id
        reference = summary.reference
        subjectName = summary.subjectName
        requesterName = summary.requesterName
        receivedOn = summary.receivedOn
        stage = Stage(rawValue: summary.stage) ?? .received
        outcome = summary.outcome.flatMap { Outcome(rawValue: $0) }
        self.judged = judged
    }

    init(_ matter: Case) {
        id = matter.id
        reference = matter.reference
        subjectName = matter.subject.name.full
        requesterName = matter.requester.name.full
        receivedOn = matter.receivedOn
        stage = matter.stage
        outcome = matter.outcome?.outcome
        judged = nil
    }

    /// `2 found, 1 not judged yet`, leading to the list.
    static func summary(_ kin: [KindredCase]) -> HTML {
        let open = kin.filter { $0.judged == nil }.count
        let words = open == 0 ? "\(kin.count) found" : "\(kin.count) found, \(open) not yet compared"
        return .link(words, to: "#kin")
    }

    /// - Parameter address: the case that they are compared with, where somebody may say what they are.
    static func section(_ kin: [KindredCase], judgedFrom address: CaseAddress?) -> HTML {
        guard !kin.isEmpty else { return .empty }
        return .section(
            "Other requests about the same person", id: "kin",
            """
            <p>Found by NHS number, or by name and date of birth. Compare them before you say what they are.</p>\
            \(table(kin, judgedFrom: address))
            """)
    }

    /// - Parameter address: the case that they are compared with; nothing where there is none yet.
    static func table(_ kin: [KindredCase], judgedFrom address: CaseAddress?) -> HTML {
        .responsiveTable(
            .hidden("Other requests about the same person"),
            [
                Column("Reference"), Column("Patient"), Column("Requester"), Column("Received"), Column("Status"),
                Column("Compared"),
            ],
            kin.map { other in
                [
                    .link(other.reference, to: CaseAddress(other.id).page), "\(person: other.subjectName)",
                    "\(person: other.requesterName)", "\(other.receivedOn.inWords)",
                    .stageTag(other.stage, other.outcome), other.comparison(from: address),
                ]
            })
    }

    private func comparison(from address: CaseAddress?) -> HTML {
        switch judged {
        case true?: "The same request"
        case false?: "Another request"
        case nil:
            address.map { .link("Compare", to: $0.judgement(on: id), hidden: "with \(reference)") } ?? "Not yet"
        }
    }
}
