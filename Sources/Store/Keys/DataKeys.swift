import Rights

extension Transaction {
    /// Makes the key of a new draft or case.
    ///
    /// Throws `StoreError.masterKeyWrong` if the master key was replaced since the store was opened.
    package func makeKey(at now: Moment) throws -> DataKey.ID {
        try requireMasterKey()
        let id: DataKey.ID = Identifier(at: now, random: keyring.bytes(10))
        try execute(
            "INSERT INTO data_key (key_id, wrapped, made_at) VALUES ($1, $2, $3)", id, try keyring.make(id), now)
        return id
    }

    /// The key itself, to hand to the vault.
    ///
    /// Throws `StoreError.keyDestroyed` where there is none (any more).
    package func key(_ id: DataKey.ID) throws -> DataKey {
        let wrapped = try first("SELECT wrapped FROM data_key WHERE key_id = $1", id) { try $0.optionalBytes(0) }
        guard let wrapped, let wrapped else { throw StoreError.keyDestroyed }
        return try keyring.unwrap(wrapped, of: id)
    }

    /// Finds out at the start, and not at the first case, that the master key is not the one of this database.
    ///
    /// Throws `StoreError.masterKeyWrong`.
    func checkMasterKey() throws {
        if let isRight = try isMasterKey() {
            guard isRight else { throw StoreError.masterKeyWrong }
            return
        }
        // A database from before there was a mark.
        let sample = try first("SELECT key_id, wrapped FROM data_key WHERE wrapped IS NOT NULL LIMIT 1") {
            (id: try $0.identifier(0) as DataKey.ID, wrapped: try $0.bytes(1))
        }
        if let sample { _ = try keyring.unwrap(sample.wrapped, of: sample.id) }
        try execute("INSERT INTO master_key_mark (id, code) VALUES (1, $1)", keyring.masterKeyMark)
    }

    /// Whether the database was written under this master key; nothing where it does not say.
    func isMasterKey() throws -> Bool? {
        try first("SELECT code FROM master_key_mark WHERE id = 1") { keyring.isMasterKeyMark(try $0.bytes(0)) }
    }

    /// Refuses to go on under a master key that was replaced while this process ran. What is read needs no such look: it
    /// does not open any more.
    ///
    /// Throws `StoreError.masterKeyWrong`.
    package func requireMasterKey() throws {
        guard try isMasterKey() == true else { throw StoreError.masterKeyWrong }
    }
}
