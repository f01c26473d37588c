import Rights

/// What can be given to a statement as a parameter or read from a column. `nil` stands for NULL.
package protocol SQLValue: Sendable {
    /// The value in one of the four forms that both engines keep.
    var stored: StoredValue { get }
}

/// The four forms in which the engines keep values; everything else is written as text.
package enum StoredValue: Hashable, Sendable {
    case text(String)
    case integer(Int64)
    case flag(Bool)
    case bytes([UInt8])
}

extension String: SQLValue {
    package var stored: StoredValue { .text(self) }
}

extension Int: SQLValue {
    package var stored: StoredValue { .integer(Int64(self)) }
}

extension Int64: SQLValue {
    package var stored: StoredValue { .integer(self) }
}

extension Bool: SQLValue {
    package var stored: StoredValue { .flag(self) }
}

extension [UInt8]: SQLValue {
    package var stored: StoredValue { .bytes(self) }
}

extension Day: SQLValue {
    /// `2026-11-21`, which sorts as text.
    package var stored: StoredValue { .text(description) }
}

extension Moment: SQLValue {
    /// `2026-11-21T09:30:00.000Z`, which sorts as text.
    package var stored: StoredValue { .text(description) }
}

extension Identifier: SQLValue {
    package var stored: StoredValue { .text(text) }
}
