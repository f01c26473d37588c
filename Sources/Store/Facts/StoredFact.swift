import Crypto
import Rights

/// A fact to add to a case. The store does not know what its kind and body mean.
package struct NewFact: Hashable, Sendable {
    /// The stable name of the kind, `clock-paused`.
    package let kind: String
    /// The day on which it takes effect.
    package let effective: Day
    /// The payload in JSON. It is kept encrypted under the case's key.
    package let body: [UInt8]

    package init(kind: String, effective: Day, body: [UInt8]) {
        self.kind = kind
        self.effective = effective
        self.body = body
    }
}

/// A fact as it was kept.
package struct StoredFact: Hashable, Sendable {
    /// 1 for the first of the case, then without a gap.
    package let sequence: Int
    package let kind: String
    package let recorded: Moment
    package let effective: Day
    /// Who did it, as the writer said it. In plain text: an identifier, never a person's name.
    package let actor: String
    package let body: [UInt8]
}

/// A row of the `fact` table: the written forms, over which codes and hashes are computed.
struct FactRow {
    let sequence: Int
    let kind: String
    let recorded: String
    let effective: String
    let actor: String
    let sealed: [UInt8]
    let hash: [UInt8]

    /// Reads a row of the columns in the order in which they are declared above.
    init(_ row: Row) throws {
        sequence = try row.integer(0)
        kind = try row.text(1)
        recorded = try row.text(2)
        effective = try row.text(3)
        actor = try row.text(4)
        sealed = try row.bytes(5)
        hash = try row.bytes(6)
    }

    /// What the body is bound to: its case, its place and everything said of it in plain text, so that a fact that
    /// was moved or altered does not open.
    static func context(
        _ id: Case.ID, sequence: Int, kind: String, recorded: String, effective: String, actor: String
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(160)
        for field in [id.text, String(sequence), kind, recorded, effective, actor] {
            bytes.appendFramed(field.utf8)
        }
        return bytes
    }

    func context(in id: Case.ID, at place: Int? = nil) -> [UInt8] {
        Self.context(
            id, sequence: place ?? sequence, kind: kind, recorded: recorded, effective: effective, actor: actor)
    }

    /// The link of the chain: over the link before, what the fact says in plain text, and the sealed body. The keys
    /// are not needed to check it, so it can still be checked when they are destroyed.
    static func link(after previous: [UInt8], context: [UInt8], sealed: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: previous)
        hash.update(data: context)
        hash.update(data: sealed)
        return Array(hash.finalize())
    }
}

extension [UInt8] {
    /// Adds a field with its length before it, so that no two lists of fields give the same bytes.
    mutating func appendFramed(_ field: some Collection<UInt8>) {
        Swift.withUnsafeBytes(of: UInt32(field.count).bigEndian) { append(contentsOf: $0) }
        append(contentsOf: field)
    }
}
