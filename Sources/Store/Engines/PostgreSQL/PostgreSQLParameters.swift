/// The values of a statement in the form in which libpq takes them: one buffer, and where in it each value is.
struct PostgreSQLParameters {
    private var bytes: [UInt8] = []
    private var places: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    /// The numbers of their types. NULL has none: the server finds out from the statement.
    private(set) var types: [UInt32] = []

    init(_ values: [StoredValue?]) {
        for value in values {
            switch value {
            case nil: append([], isBinary: false, type: 0, isNull: true)
            // With its length, because a text that holds a zero byte must be refused and not cut off there.
            case .text(let text): append(text.utf8, isBinary: true, type: 25)
            // In digits, because the same parameter may have been prepared as a shorter number.
            case .integer(let number): append("\(number)\0".utf8, isBinary: false, type: 20)
            case .flag(let flag): append(flag ? "t\0".utf8 : "f\0".utf8, isBinary: false, type: 16)
            case .bytes(let bytes): append(bytes, isBinary: true, type: 17)
            }
        }
        // So that there is always an address to point to.
        bytes.append(0)
    }

    var count: Int32 { Int32(places.count) }

    private mutating func append(
        _ value: some Collection<UInt8>, isBinary: Bool, type: UInt32, isNull: Bool = false
    ) {
        places.append(isNull ? nil : bytes.count)
        lengths.append(Int32(value.count))
        formats.append(isBinary ? 1 : 0)
        types.append(type)
        bytes.append(contentsOf: value)
    }

    /// Hands over the addresses, lengths and formats of the values, which last as long as `body` runs.
    func withPointers<T>(_ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) -> T) -> T {
        bytes.withUnsafeBytes { buffer in
            let start = buffer.bindMemory(to: CChar.self).baseAddress
            return body(places.map { place in place.flatMap { place in start.map { $0 + place } } }, lengths, formats)
        }
    }
}
