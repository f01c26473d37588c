/// One document that was seen as proof.
package struct SeenDocument: Hashable, Sendable, Codable {
    /// The policy's code of the document's type: `passport`.
    package var document: String
    /// The code of the slot it was shown for; nothing where that is plain from its type.
    package var slot: String?
    /// Original, certified copy, copy, seen on screen.
    package var seenAs: String?
    /// The date printed on it, where that is what ages (a bank statement).
    package var issued: Day?
    package var expires: Day?

    package init(
        document: String, slot: String? = nil, seenAs: String? = nil, issued: Day? = nil, expires: Day? = nil
    ) {
        self.document = document
        self.slot = slot
        self.seenAs = seenAs
        self.issued = issued
        self.expires = expires
    }

    /// Whether it is a document of the kinds that prove this, shown for this.
    func proves(_ wanted: DocumentSlot) -> Bool {
        wanted.accepts.contains(document) && (slot == nil || slot == wanted.code)
    }
}

/// A named person accepted a proof. Takes effect on the day the last of it came in, which fixes the clock's start.
package struct CheckAccepted: Hashable, Sendable {
    package var check: Check
    /// Every document seen; none where none is needed (own records need no authority).
    package var documents: [SeenDocument]
    package var note: String?

    package init(check: Check, documents: [SeenDocument] = [], note: String? = nil) {
        self.check = check
        self.documents = documents
        self.note = note
    }
}

extension CheckAccepted: Codable {
    private enum Key: String, CodingKey { case check, documents, note, document, seenAs, issued, expires }

    /// Reads too what was kept while a check knew one document only, beside its own name.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        check = try container.decode(Check.self, forKey: .check)
        note = try container.decodeIfPresent(String.self, forKey: .note)
        if let documents = try container.decodeIfPresent([SeenDocument].self, forKey: .documents) {
            self.documents = documents
        } else if let document = try container.decodeIfPresent(String.self, forKey: .document) {
            documents = [
                SeenDocument(
                    document: document, seenAs: try container.decodeIfPresent(String.self, forKey: .seenAs),
                    issued: try container.decodeIfPresent(Day.self, forKey: .issued),
                    expires: try container.decodeIfPresent(Day.self, forKey: .expires))
            ]
        } else {
            documents = []
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(check, forKey: .check)
        try container.encode(documents, forKey: .documents)
        try container.encodeIfPresent(note, forKey: .note)
    }
}
