import Rights

/// What a walk over all chains of facts found.
package struct Verification: Hashable, Sendable {
    package var cases = 0
    package var facts = 0
    /// Empty when nothing was altered, removed, added or reordered behind the program's back.
    package var findings: [Finding] = []

    /// One place where what is kept is not what was written.
    package enum Finding: Hashable, Sendable {
        /// The fact does not say what was written.
        case factChanged(case: String, sequence: Int)
        /// There is no such fact any more.
        case factMissing(case: String, sequence: Int)
        /// The fact at `sequence` was written as number `origin` of the same case.
        case factMoved(case: String, sequence: Int, origin: Int)
        /// There is a fact that the case's head does not count.
        case factAdded(case: String, sequence: Int)
        /// The fact follows another than it was written after.
        case chainBroken(case: String, sequence: Int)
        /// The count of the case's facts was altered.
        case headChanged(case: String)
        /// The key of the case was altered.
        case keyChanged(case: String)
        /// A case was removed, or all but its name.
        case caseMissing(number: Int, case: String?)
        /// The line of the opening of a case was altered.
        case openingChanged(number: Int)
        /// There are facts of a case that was never opened.
        case caseUnknown(case: String)
        /// The count of all cases was altered.
        case ledgerChanged
    }
}

extension Verification.Finding: CustomStringConvertible {
    package var description: String {
        switch self {
        case .factChanged(let id, let sequence): "case \(id), fact \(sequence): changed"
        case .factMissing(let id, let sequence): "case \(id), fact \(sequence): removed"
        case .factMoved(let id, let sequence, let origin):
            "case \(id), fact \(sequence): moved, it was written as fact \(origin)"
        case .factAdded(let id, let sequence): "case \(id), fact \(sequence): added from outside"
        case .chainBroken(let id, let sequence): "case \(id), fact \(sequence): does not follow the fact before it"
        case .headChanged(let id): "case \(id): the count of its facts was changed"
        case .keyChanged(let id): "case \(id): its key was changed"
        case .caseMissing(let number, let id): "case number \(number)\(id.map { " (\($0))" } ?? ""): removed"
        case .openingChanged(let number): "case number \(number): the line of its opening was changed"
        case .caseUnknown(let id): "case \(id): has facts but was never opened"
        case .ledgerChanged: "the count of all cases was changed"
        }
    }
}

extension Transaction {
    /// Walks the chain of openings and the chain of every case.
    package func verify() throws -> Verification {
        var result = Verification()
        let openings = try all("SELECT number, case_id, opened_at, hash FROM opening ORDER BY number") { row in
            (
                opening: Opening(number: try row.integer(0), id: try row.text(1), openedAt: try row.text(2)),
                hash: try row.bytes(3)
            )
        }
        var link = Opening.beginning
        var number = 0
        for (opening, hash) in openings {
            while number + 1 < opening.number {
                number += 1
                result.findings.append(.caseMissing(number: number, case: nil))
                link = []
            }
            number = opening.number
            if !link.isEmpty, opening.link(after: link) != hash {
                result.findings.append(.openingChanged(number: number))
            }
            link = hash
            result.cases += 1
            guard let id = Case.ID(opening.id), let head = try head(of: id) else {
                result.findings.append(.caseMissing(number: number, case: opening.id))
                continue
            }
            try verify(id, head, from: hash, into: &result)
        }
        try verifyLedger(last: number, link, into: &result)
        result.findings += try all(
            """
            SELECT DISTINCT case_id FROM fact
            WHERE NOT EXISTS (SELECT 1 FROM opening o WHERE o.case_id = fact.case_id) ORDER BY case_id
            """
        ) { .caseUnknown(case: try $0.text(0)) }
        return result
    }

    private func verifyLedger(last number: Int, _ link: [UInt8], into result: inout Verification) throws {
        guard let ledger = try ledger() else {
            if number > 0 { result.findings.append(.ledgerChanged) }
            return
        }
        guard keyring.isCode(ledger.code, over: Ledger.sealed(ledger.openings, ledger.hash)),
            number < ledger.openings || (number == ledger.openings && ledger.hash == link)
        else {
            result.findings.append(.ledgerChanged)
            return
        }
        for missing in number..<ledger.openings {
            result.findings.append(.caseMissing(number: missing + 1, case: nil))
        }
    }

    private func verify(
        _ id: Case.ID, _ head: Head, from opening: [UInt8], into result: inout Verification
    ) throws {
        let name = id.text
        let isHeadTrue = keyring.isCode(head.code, over: Head.sealed(id, head.sequence, head.hash))
        if !isHeadTrue { result.findings.append(.headChanged(case: name)) }
        let rows = try all(
            """
            SELECT sequence, kind, recorded_at, effective_on, actor, body, hash
            FROM fact WHERE case_id = $1 ORDER BY sequence
            """, id
        ) { try FactRow($0) }
        result.facts += rows.count
        let key = try? head.key(keyring)
        if key == nil, head.wrapped != nil { result.findings.append(.keyChanged(case: name)) }

        // What the next fact may rightly follow: the last hash as it is kept, or as it should have been kept.
        var links = [opening]
        var expected = 1
        for row in rows {
            while expected < row.sequence {
                result.findings.append(.factMissing(case: name, sequence: expected))
                expected += 1
                links = []
            }
            expected = row.sequence + 1
            if isHeadTrue, row.sequence > head.sequence {
                result.findings.append(.factAdded(case: name, sequence: row.sequence))
                continue
            }
            if let key, !isTrue(row, of: id, under: key) {
                let origin = (1...max(head.sequence, rows.count)).first { isTrue(row, of: id, under: key, at: $0) }
                result.findings.append(
                    origin.map { .factMoved(case: name, sequence: row.sequence, origin: $0) }
                        ?? .factChanged(case: name, sequence: row.sequence))
                // What follows was linked to what stood here: it is judged by the fact itself, not by this link.
                links = []
                continue
            }
            let context = row.context(in: id)
            let rightly = links.map { FactRow.link(after: $0, context: context, sealed: row.sealed) }
            if !links.isEmpty, !rightly.contains(row.hash) {
                result.findings.append(.chainBroken(case: name, sequence: row.sequence))
            }
            links = [row.hash] + rightly.prefix(1)
        }
        guard isHeadTrue else { return }
        while expected <= head.sequence {
            result.findings.append(.factMissing(case: name, sequence: expected))
            expected += 1
            links = []
        }
        if !links.isEmpty, !links.contains(head.hash) {
            result.findings.append(.chainBroken(case: name, sequence: head.sequence))
        }
    }

    private func isTrue(_ row: FactRow, of id: Case.ID, under key: DataKey, at place: Int? = nil) -> Bool {
        (try? keyring.open(row.sealed, with: key.facts, context: row.context(in: id, at: place))) != nil
    }
}
