import Rights

/// One row of an answer, read by the position of the column in the statement, from 0.
///
/// Lives only inside the `decode` closure that received it. Every function throws `StoreError.unreadable` where
/// the column holds NULL or a text of another shape.
package struct Row {
    let cells: any Cells

    package func text(_ column: Int) throws -> String { try require(optionalText(column), column) }
    package func optionalText(_ column: Int) throws -> String? { try cells.text(column) }

    package func integer(_ column: Int) throws -> Int { try require(optionalInteger(column), column) }
    package func optionalInteger(_ column: Int) throws -> Int? { try cells.integer(column).map(Int.init) }

    package func flag(_ column: Int) throws -> Bool { try require(optionalFlag(column), column) }
    package func optionalFlag(_ column: Int) throws -> Bool? { try cells.flag(column) }

    package func bytes(_ column: Int) throws -> [UInt8] { try require(optionalBytes(column), column) }
    package func optionalBytes(_ column: Int) throws -> [UInt8]? { try cells.bytes(column) }

    package func day(_ column: Int) throws -> Day { try require(optionalDay(column), column) }
    package func optionalDay(_ column: Int) throws -> Day? {
        try cells.text(column).map { try require(Day($0), column) }
    }

    package func moment(_ column: Int) throws -> Moment { try require(optionalMoment(column), column) }
    package func optionalMoment(_ column: Int) throws -> Moment? {
        try cells.text(column).map { try require(Moment($0), column) }
    }

    package func identifier<Owner>(_ column: Int) throws -> Identifier<Owner> {
        try require(optionalIdentifier(column), column)
    }
    package func optionalIdentifier<Owner>(_ column: Int) throws -> Identifier<Owner>? {
        try cells.text(column).map { try require(Identifier($0), column) }
    }

    /// The case of an enum whose raw value stands in the column.
    package func code<Code: RawRepresentable<String>>(_ column: Int) throws -> Code {
        try require(Code(rawValue: text(column)), column)
    }

    private func require<Value>(_ value: Value?, _ column: Int) throws -> Value {
        guard let value else { throw StoreError.unreadable(column: column) }
        return value
    }
}

/// What an engine gives of a row; NULL is `nil`.
protocol Cells {
    func text(_ column: Int) throws -> String?
    func integer(_ column: Int) throws -> Int64?
    func flag(_ column: Int) throws -> Bool?
    func bytes(_ column: Int) throws -> [UInt8]?
}
