import Crypto
import Rights

/// The key of a case or a draft, out of its wrapping.
package struct KeyRecord: Hashable, Sendable {
    package let id: DataKey.ID
    package let madeAt: String
    /// Nothing where it was destroyed.
    package let root: [UInt8]?

    package init(id: DataKey.ID, madeAt: String, root: [UInt8]?) {
        self.id = id
        self.madeAt = madeAt
        self.root = root
    }

    /// The key itself, to hand to the vault; nothing where it was destroyed.
    package var opened: DataKey? { root.map { DataKey(id: id, root: SymmetricKey(data: $0)) } }
}

/// One case as it is kept, to be taken out of a store and brought into another: its facts as they lie, and their place
/// in the chains.
package struct CaseRecord: Hashable, Sendable {
    package struct Fact: Hashable, Sendable {
        package let sequence: Int
        package let kind: String
        package let recorded: String
        package let effective: String
        package let actor: String
        package let sealed: [UInt8]
        package let hash: [UInt8]

        package init(
            sequence: Int, kind: String, recorded: String, effective: String, actor: String, sealed: [UInt8],
            hash: [UInt8]
        ) {
            self.sequence = sequence
            self.kind = kind
            self.recorded = recorded
            self.effective = effective
            self.actor = actor
            self.sealed = sealed
            self.hash = hash
        }
    }

    package let id: Case.ID
    /// Which case of the store it is, from 1.
    package let number: Int
    package let openedAt: String
    /// The link before its opening in the store's chain, and the link that its opening is.
    package let after: [UInt8]
    package let hash: [UInt8]
    package let key: DataKey.ID
    package let facts: [Fact]

    package init(
        id: Case.ID, number: Int, openedAt: String, after: [UInt8], hash: [UInt8], key: DataKey.ID, facts: [Fact]
    ) {
        self.id = id
        self.number = number
        self.openedAt = openedAt
        self.after = after
        self.hash = hash
        self.key = key
        self.facts = facts
    }

    private var opening: Opening { Opening(number: number, id: id.text, openedAt: openedAt) }

    /// Checks that every link follows from the one before, and opens the facts.
    ///
    /// - Parameter key: the root of its key; without one, the links alone are checked.
    /// - Returns: the facts; nothing without a key.
    /// - Throws: `StoreError.tampered` with the number of the first fact that is not what was kept, 0 for the opening.
    package func opened(with root: [UInt8]?) throws -> [StoredFact]? {
        guard opening.link(after: after) == hash else { throw StoreError.tampered(case: id.text, sequence: 0) }
        let key = root.map { DataKey(id: self.key, root: SymmetricKey(data: $0)) }
        var link = hash
        var found: [StoredFact] = []
        for (index, fact) in facts.enumerated() {
            let context = fact.context(in: id)
            link = FactRow.link(after: link, context: context, sealed: fact.sealed)
            guard fact.sequence == index + 1, fact.hash == link, let recorded = Moment(fact.recorded),
                let effective = Day(fact.effective)
            else { throw StoreError.tampered(case: id.text, sequence: index + 1) }
            guard let key else { continue }
            guard let body = try? Keyring.open(fact.sealed, with: key.facts, context: context) else {
                throw StoreError.tampered(case: id.text, sequence: index + 1)
            }
            found.append(
                StoredFact(
                    sequence: fact.sequence, kind: fact.kind, recorded: recorded, effective: effective,
                    actor: fact.actor, body: body))
        }
        return key == nil ? nil : found
    }

    /// The same facts as a case of this number after this link of another store: the same bytes, in that store's chain.
    func placed(as number: Int, after: [UInt8]) -> CaseRecord {
        let opening = Opening(number: number, id: id.text, openedAt: openedAt)
        let hash = opening.link(after: after)
        var link = hash
        let facts = facts.map { fact in
            link = FactRow.link(after: link, context: fact.context(in: id), sealed: fact.sealed)
            return Fact(
                sequence: fact.sequence, kind: fact.kind, recorded: fact.recorded, effective: fact.effective,
                actor: fact.actor, sealed: fact.sealed, hash: link)
        }
        return CaseRecord(
            id: id, number: number, openedAt: openedAt, after: after, hash: hash, key: key, facts: facts)
    }
}

extension CaseRecord.Fact {
    fileprivate func context(in id: Case.ID) -> [UInt8] {
        FactRow.context(
            id, sequence: sequence, kind: kind, recorded: recorded, effective: effective, actor: actor)
    }
}
