import Rights

/// What was made anew when the master key was replaced by another.
package struct KeyRotation: Hashable, Sendable {
    /// What the key that was replaced is called, and its file in `keys` is `master.key.` and this.
    package let old: String
    package let new: String
    /// Keys of cases and drafts that were wrapped anew.
    package fileprivate(set) var keys = 0
    /// Codes over the ends of the chains of facts.
    package fileprivate(set) var chains = 0
    /// Secrets of authenticator apps.
    package fileprivate(set) var secrets = 0
    /// Codes sent as text messages that nobody can use any more.
    package fileprivate(set) var codesEnded = 0
    /// What was not as the old key had made it, and was left as it is, so that `verify` still finds it.
    package fileprivate(set) var unopened = 0
}

extension Store {
    /// Replaces the master key of a data folder and its database. Files and facts stay as they are, because they are
    /// under the keys of their cases, and those are only wrapped anew.
    ///
    /// It may be cut off at any moment. The new key is on the disk before the database knows of it, the database changes
    /// in one transaction, and whichever of the two keys is the database's opens it at the next start.
    ///
    /// - Throws: `StoreError.busy` where another process has the database open, and what `open` throws.
    package static func replaceMasterKey(
        in folder: String, on address: PostgreSQLAddress? = nil, surroundings: Surroundings
    ) throws -> KeyRotation {
        let engine = try engine(in: folder, on: address, alone: true)
        do {
            let now = surroundings.now()
            let keys = KeyFolder(of: folder)
            let rotation = try engine.prepare { connection in
                try connection.requireAlone()
                try Migration.apply(Migration.all, on: connection, at: now)
                let old = try keys.keyring(for: connection, random: surroundings.random)
                let transaction = Transaction(connection, old)
                try transaction.keepOthersOut()
                let next = try keys.nextKey(random: surroundings.random)
                return try transaction.replaceMasterKey(
                    with: Keyring(master: next, random: surroundings.random), at: now)
            }
            try keys.putNextInPlace(replacing: rotation.old)
            try engine.close()
            return rotation
        } catch {
            try engine.close()
            throw error
        }
    }
}

extension Transaction {
    /// Whoever comes now waits until the key is replaced, and then has the wrong one. SQLite's file is locked as a whole.
    fileprivate func keepOthersOut() throws {
        guard connection.dialect == .postgresql else { return }
        try connection.define("SET LOCAL lock_timeout = '10s'")
        try connection.define(
            "LOCK TABLE master_key_mark, data_key, case_head, ledger, account, setting_up, mailed_link, security_code")
    }

    /// Everything that was made with the master key, made anew with another.
    func replaceMasterKey(with new: Keyring, at now: Moment) throws -> KeyRotation {
        var rotation = KeyRotation(old: keyring.name, new: new.name)
        try rewrapKeys(under: new, &rotation)
        try recodeChains(under: new, &rotation)
        try resealSecrets(under: new, &rotation)
        try redigestAddresses(under: new)
        // The digits are known to nobody, so their digests cannot be made anew.
        rotation.codesEnded = try execute("UPDATE security_code SET used_at = $1 WHERE used_at IS NULL", now)
        try execute("UPDATE master_key_mark SET code = $1 WHERE id = 1", new.masterKeyMark)
        try recordAccess(
            .replacedMasterKey, of: nil, by: "system:key rotate", detail: "\(rotation.old) by \(rotation.new)", at: now)
        return rotation
    }

    /// The rows of a statement that asks for so many of them after a key, `$1` and `$2`, a part at a time, so that a
    /// large table is never in memory as a whole.
    private func eachRow<T>(
        _ sql: String, decode: (Row) throws -> T, key: (T) -> String, _ visit: (T) throws -> Void
    ) throws {
        var last = ""
        while true {
            let part = try all(sql, last, 1000, as: decode)
            for row in part { try visit(row) }
            guard part.count == 1000, let end = part.last else { return }
            last = key(end)
        }
    }

    private func rewrapKeys(under new: Keyring, _ rotation: inout KeyRotation) throws {
        try eachRow(
            """
            SELECT key_id, wrapped FROM data_key WHERE wrapped IS NOT NULL AND key_id > $1 ORDER BY key_id LIMIT $2
            """,
            decode: { (id: try $0.identifier(0) as DataKey.ID, wrapped: try $0.bytes(1)) }, key: \.id.text
        ) { row in
            guard let wrapped = try keyring.rewrap(row.wrapped, of: row.id, under: new) else {
                rotation.unopened += 1
                return
            }
            try execute("UPDATE data_key SET wrapped = $2 WHERE key_id = $1", row.id, wrapped)
            rotation.keys += 1
        }
    }

    /// A code that was not true stays untrue: made anew it would hide what was done behind the program's back.
    private func recodeChains(under new: Keyring, _ rotation: inout KeyRotation) throws {
        try eachRow(
            "SELECT case_id, sequence, hash, code FROM case_head WHERE case_id > $1 ORDER BY case_id LIMIT $2",
            decode: { row in
                let id: Case.ID = try row.identifier(0)
                let sealed = Head.sealed(id, try row.integer(1), try row.bytes(2))
                return (id: id, sealed: sealed, code: try row.bytes(3))
            }, key: \.id.text
        ) { row in
            guard keyring.isCode(row.code, over: row.sealed) else {
                rotation.unopened += 1
                return
            }
            try execute("UPDATE case_head SET code = $2 WHERE case_id = $1", row.id, new.code(over: row.sealed))
            rotation.chains += 1
        }
        guard let ledger = try ledger() else { return }
        let sealed = Ledger.sealed(ledger.openings, ledger.hash)
        guard keyring.isCode(ledger.code, over: sealed) else {
            rotation.unopened += 1
            return
        }
        try execute("UPDATE ledger SET code = $1 WHERE id = 1", new.code(over: sealed))
        rotation.chains += 1
    }

    private func resealSecrets(under new: Keyring, _ rotation: inout KeyRotation) throws {
        let owners = [
            (
                found:
                    "SELECT id, app_secret FROM account WHERE app_secret IS NOT NULL AND id > $1 ORDER BY id LIMIT $2",
                kept: "UPDATE account SET app_secret = $2 WHERE id = $1"
            ),
            (
                found: """
                SELECT link, app_secret FROM setting_up
                WHERE app_secret IS NOT NULL AND link > $1 ORDER BY link LIMIT $2
                """,
                kept: "UPDATE setting_up SET app_secret = $2 WHERE link = $1"
            ),
        ]
        for (found, kept) in owners {
            try eachRow(
                found, decode: { (owner: try $0.text(0), sealed: try $0.text(1)) }, key: \.owner
            ) { row in
                guard let secret = try? openSecret(row.sealed, of: row.owner) else {
                    rotation.unopened += 1
                    return
                }
                try execute(kept, row.owner, try sealSecret(secret, of: row.owner, under: new))
                rotation.secrets += 1
            }
        }
    }

    /// Digests of the addresses that are still known. Attempts that named no account are counted from nothing: which
    /// address they named is known to nobody.
    private func redigestAddresses(under new: Keyring) throws {
        try eachRow(
            "SELECT id, email FROM account WHERE id > $1 ORDER BY id LIMIT $2",
            decode: { (id: try $0.text(0), email: try $0.text(1)) }, key: \.id
        ) { row in
            try execute(
                "UPDATE account_event SET email_digest = $2 WHERE account = $1", row.id, new.addressDigest(row.email))
        }
        try eachRow(
            """
            SELECT l.digest, coalesce(l.email, a.email) FROM mailed_link l LEFT JOIN account a ON a.id = l.account
            WHERE coalesce(l.email, a.email) IS NOT NULL AND l.digest > $1 ORDER BY l.digest LIMIT $2
            """,
            decode: { (digest: try $0.text(0), email: try $0.text(1)) }, key: \.digest
        ) { row in
            try execute(
                "UPDATE mailed_link SET email_digest = $2 WHERE digest = $1", row.digest, new.addressDigest(row.email))
        }
    }
}
