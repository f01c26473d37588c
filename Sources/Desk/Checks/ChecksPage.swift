import Rights
import Web

/// The proofs of a case: what was sent, how each stands, and what can be done about it.
struct ChecksPage {
    let opened: OpenedCase

    var content: HTML {
        """
        \(each: Check.allCases, { check in
            .section(
                check.title, id: check.rawValue, tag: tag(opened.matter.standing(of: check).standing), section(check))
        })\
        \(opened.isDeceased ? .section("Dates of the record", id: "last-entry", lastEntry) : "")
        """
    }

    private func section(_ check: Check) -> HTML {
        let standing = opened.matter.standing(of: check).standing
        let address = opened.address
        var buttons: HTML = ""
        if opened.mayChange(.checkEvidence) {
            switch standing {
            case .accepted: break
            case .waiting, .refused:
                buttons += .buttonLink(
                    "Check \(check.title.lowercased())", to: address.acceptance(check), .secondary, isSmall: true)
                if opened.matter.standing(of: check).offered.isEmpty {
                    buttons += .buttonLink(
                        "Ask for proof", to: "\(address.questions)?check=\(check.rawValue)", .secondary, isSmall: true,
                        hidden: "of \(check.title.lowercased())")
                } else {
                    buttons += .buttonLink(
                        "Refuse", to: address.refusal(check), .secondary, isSmall: true,
                        hidden: "proof of \(check.title.lowercased())")
                }
                buttons += .buttonLink(
                    "Log a document seen", to: address.evidence(check), .secondary, isSmall: true,
                    hidden: "as proof of \(check.title.lowercased())")
            }
        }
        return """
            \(words(standing))\(offered(check))\(WantedProof(check, in: opened).html)\
            \(buttons.isEmpty ? "" : .actions(buttons))
            """
    }

    /// What was sent. Proof that was seen and accepted at the desk may have left nothing to list.
    private func offered(_ check: Check) -> HTML {
        let state = opened.matter.standing(of: check)
        return state.isAccepted && state.offered.isEmpty ? "" : OfferedProof(check, in: opened).html
    }

    private func tag(_ standing: CheckState.Standing) -> HTML {
        switch standing {
        case .waiting: .tag("Waiting", .orange)
        case .accepted: .tag("Accepted", .green)
        case .refused: .tag("Refused", .grey)
        }
    }

    private func words(_ standing: CheckState.Standing) -> HTML {
        switch standing {
        case .waiting: return ""
        case .accepted(let accepted, let day, let author):
            let documents = accepted.documents.map { opened.policy.label(ofDocument: $0.document) }
            var rows = [
                SummaryRow("Document", "\(documents.isEmpty ? "None needed" : documents.joined(separator: "; "))"),
                SummaryRow("Came in on", "\(day.inWords)"), SummaryRow("Accepted by", "\(person: author.label)"),
            ]
            for seen in accepted.documents {
                if let how = seen.seenAs { rows.append(SummaryRow("Seen as", "\(how)")) }
                if let issued = seen.issued { rows.append(SummaryRow("Dated", "\(issued.inWords)")) }
                if let expires = seen.expires { rows.append(SummaryRow("Expires", "\(expires.inWords)")) }
            }
            if let note = accepted.note { rows.append(SummaryRow("Note", .paragraphs(note))) }
            return .summaryList(rows, hasBorder: false)
        case .refused(let refused, let day, let author):
            return """
                <p>Refused on \(day.inWords) by \(person: author.label). The requester was told:</p>\
                \(.insetText(.paragraphs(refused.reason)))
                """
        }
    }

    private var lastEntry: HTML {
        let dates: HTML =
            opened.matter.lastEntry.map { dates in
                .summaryList(
                    [
                        SummaryRow("Last entry", "\(dates.lastEntry?.inWords ?? "Not known")"),
                        SummaryRow("Oldest entry asked for", "\(dates.firstEntry?.inWords ?? "Not known")"),
                    ], hasBorder: false)
            } ?? "<p>Not yet written down. They decide how long the trust has to answer.</p>"
        let button: HTML =
            opened.mayChange(.checkEvidence)
            ? .actions(.buttonLink("Enter the dates", to: opened.address.lastEntry, .secondary, isSmall: true)) : ""
        return dates + button
    }
}
