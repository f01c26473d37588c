import Rights

extension Transaction {
    /// Opens a case that has no facts yet, under a key made by `makeKey` for it or for the draft it comes from.
    ///
    /// Throws `StoreError.notUnique` if the case is open already or the key belongs to another case.
    package func openCase(_ id: Case.ID, under key: DataKey.ID, at now: Moment) throws {
        let last = try ledger()
        let opening = Opening(number: (last?.openings ?? 0) + 1, id: id.text, openedAt: now.description)
        let link = opening.link(after: last?.hash ?? Opening.beginning)
        try execute(
            "INSERT INTO opening (number, case_id, opened_at, hash) VALUES ($1, $2, $3, $4)",
            opening.number, id, now, link)
        try execute(
            """
            INSERT INTO ledger (id, openings, hash, code) VALUES (1, $1, $2, $3)
            ON CONFLICT (id) DO UPDATE SET openings = excluded.openings, hash = excluded.hash, code = excluded.code
            """,
            opening.number, link, keyring.code(over: Ledger.sealed(opening.number, link)))
        try execute(
            "INSERT INTO case_head (case_id, key_id, sequence, hash, code) VALUES ($1, $2, 0, $3, $4)",
            id, key, link, keyring.code(over: Head.sealed(id, 0, link)))
    }

    /// Adds facts to a case whose last fact the writer believes to be number `sequence` (0 for none yet). Returns
    /// the number of the new last fact.
    ///
    /// Throws `StoreError.caseChanged` if somebody else added a fact in between: decide again on the fresh case.
    @discardableResult
    package func append(
        _ facts: [NewFact], to id: Case.ID, after sequence: Int, at now: Moment, by actor: String
    ) throws -> Int {
        guard let head = try head(of: id) else { throw StoreError.noSuchCase }
        guard head.sequence == sequence else {
            throw StoreError.caseChanged(expected: sequence, found: head.sequence)
        }
        let key = try head.key(keyring)
        var number = sequence
        var link = head.hash
        for fact in facts {
            number += 1
            let context = FactRow.context(
                id, sequence: number, kind: fact.kind, recorded: now.description,
                effective: fact.effective.description, actor: actor)
            let sealed = try keyring.seal(fact.body, with: key.facts, context: context)
            link = FactRow.link(after: link, context: context, sealed: sealed)
            try execute(
                """
                INSERT INTO fact (case_id, sequence, kind, recorded_at, effective_on, actor, body, hash)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                """,
                id, number, fact.kind, now, fact.effective, actor, sealed, link)
        }
        try execute(
            "UPDATE case_head SET sequence = $3, hash = $4, code = $5 WHERE case_id = $1 AND sequence = $2",
            id, sequence, number, link, keyring.code(over: Head.sealed(id, number, link)))
        return number
    }

    /// The facts of a case in their order; nothing if there is no such case.
    ///
    /// Throws `StoreError.tampered` if one of them is not what was kept, or not all of them are there, and
    /// `StoreError.keyDestroyed` if their content was destroyed.
    package func facts(of id: Case.ID) throws -> [StoredFact]? {
        guard let head = try head(of: id) else { return nil }
        let key = try head.key(keyring)
        var expected = 0
        let facts = try all(
            """
            SELECT sequence, kind, recorded_at, effective_on, actor, body, hash
            FROM fact WHERE case_id = $1 ORDER BY sequence
            """, id
        ) { row in
            expected += 1
            let fact = try FactRow(row)
            guard fact.sequence == expected,
                let body = try? keyring.open(fact.sealed, with: key.facts, context: fact.context(in: id))
            else { throw StoreError.tampered(case: id.text, sequence: expected) }
            return StoredFact(
                sequence: fact.sequence, kind: fact.kind, recorded: try row.moment(2), effective: try row.day(3),
                actor: fact.actor, body: body)
        }
        guard facts.count == head.sequence else {
            throw StoreError.tampered(case: id.text, sequence: facts.count + 1)
        }
        return facts
    }

    /// The number of a case's last fact; nothing if there is no such case. Cheap: for telling whether a page that
    /// somebody looks at is still the newest.
    package func lastSequence(of id: Case.ID) throws -> Int? {
        try first("SELECT sequence FROM case_head WHERE case_id = $1", id) { try $0.integer(0) }
    }

    /// The key of a case, for the files that are kept for it.
    package func keyID(of id: Case.ID) throws -> DataKey.ID? {
        try first("SELECT key_id FROM case_head WHERE case_id = $1", id) { try $0.identifier(0) }
    }

    /// Every case, oldest first: for building summaries anew.
    package func caseIDs() throws -> [Case.ID] {
        try all("SELECT case_id FROM opening ORDER BY number") { try $0.identifier(0) }
    }

    func head(of id: Case.ID) throws -> Head? {
        try first(
            """
            SELECT h.sequence, h.hash, h.code, h.key_id, k.wrapped
            FROM case_head h JOIN data_key k ON k.key_id = h.key_id WHERE h.case_id = $1
            """, id
        ) { row in
            Head(
                sequence: try row.integer(0), hash: try row.bytes(1), code: try row.bytes(2),
                keyID: try row.identifier(3), wrapped: try row.optionalBytes(4))
        }
    }

    func ledger() throws -> Ledger? {
        try first("SELECT openings, hash, code FROM ledger WHERE id = 1") { row in
            Ledger(openings: try row.integer(0), hash: try row.bytes(1), code: try row.bytes(2))
        }
    }
}
