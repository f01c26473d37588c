import Foundation
import Rights
import Store

/// How an entry's content is kept: JSON under the case's own key. The skeleton beside it (kind, days, actor's
/// identifier) stays readable for reports when the key is destroyed.
struct EntryContent: Codable {
    /// Raised when the shape changes; `Fact` keeps reading the older ones.
    var version = 1
    let by: Author
    let fact: Fact
}

/// Turns facts into what the store keeps, and back.
package struct EntryCoding {
    /// A fact as the store keeps it.
    package static func stored(_ addition: Addition, by author: Author) throws -> NewFact {
        let encoder = JSONEncoder()
        // One fact, one text: the hash chain should not depend on a dictionary's order.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let content = EntryContent(by: author, fact: addition.fact)
        return NewFact(
            kind: addition.fact.kind.rawValue, effective: addition.effective,
            body: Array(try encoder.encode(content)))
    }

    /// The history as it was kept, in order.
    static func entries(_ facts: [StoredFact]) throws -> [Entry] {
        // Few people work on a case. Each of them is kept in memory once, and not with every entry.
        var authors: [Author] = []
        return try facts.map { fact in
            let content = try FactDecoder.decode(EntryContent.self, from: fact.body)
            let known = authors.first { $0 == content.by }
            if known == nil { authors.append(content.by) }
            return Entry(
                sequence: fact.sequence, recorded: fact.recorded, effective: fact.effective,
                by: known ?? content.by,
                fact: content.fact)
        }
    }
}

extension Actor {
    /// How the skeleton names an actor: an identifier, never a person's name.
    package var skeleton: String {
        let author = author
        return author.id.isEmpty ? "system" : "\(author.kind.rawValue):\(author.id)"
    }
}

extension Transaction {
    /// The case as its history says it stands; nothing if there is no such case.
    ///
    /// - Throws: `StoreError`, `BrokenHistory`, and a decoding error for a fact that a newer version wrote.
    package func matter(_ id: Case.ID) throws -> Case? {
        guard let facts = try facts(of: id) else { return nil }
        return try Case(id: id, entries: try EntryCoding.entries(facts))
    }
}
