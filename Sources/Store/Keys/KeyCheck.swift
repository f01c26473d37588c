import Rights

/// Whether the master key opens everything that it should.
package struct KeyCheck: Hashable, Sendable {
    /// What the master key is called.
    package let name: String
    package fileprivate(set) var keys = 0
    /// Keys of cases that were destroyed, on purpose, with what they protected.
    package fileprivate(set) var destroyed = 0
    package fileprivate(set) var secrets = 0
    /// What does not open, a line each: no person is named.
    package fileprivate(set) var faults: [String] = []
}

extension Store {
    /// The names of the key files in `keys` beside `master.key`.
    package static func otherKeyFiles(in folder: String) -> [String] {
        KeyFolder(of: folder).othersNames()
    }

    /// Whether a file, a copy from a safe perhaps, holds the master key of this store.
    ///
    /// Throws `StoreError.masterKeyUnusable` if it holds no key, and what reading the file throws.
    package func isMasterKey(fileAt path: String) throws -> Bool {
        let key = Keyring(master: try MasterKey(reading: path), random: { [UInt8](repeating: 0, count: $0) })
        return keyring.isMasterKeyMark(key.masterKeyMark)
    }

    /// What the master key is called: eight digits that say nothing about it but which one it is.
    package var keyName: String { keyring.name }
}

extension Transaction {
    /// Opens every key and every secret that is under the master key.
    package func checkKeys() throws -> KeyCheck {
        var check = KeyCheck(name: keyring.name)
        try connection.query("SELECT key_id, wrapped FROM data_key ORDER BY key_id", []) { row in
            let id: DataKey.ID = try row.identifier(0)
            if let wrapped = try row.optionalBytes(1) {
                check.keys += 1
                if (try? keyring.unwrap(wrapped, of: id)) == nil { check.faults.append("the key \(id)") }
            } else {
                check.destroyed += 1
            }
            return true
        }
        for secrets in [
            "SELECT id, app_secret FROM account WHERE app_secret IS NOT NULL ORDER BY id",
            "SELECT link, app_secret FROM setting_up WHERE app_secret IS NOT NULL ORDER BY link",
        ] {
            try connection.query(secrets, []) { row in
                check.secrets += 1
                let owner = try row.text(0)
                if (try? openSecret(try row.text(1), of: owner)) == nil {
                    check.faults.append("the authenticator of the account \(owner)")
                }
                return true
            }
        }
        return check
    }
}
