/// Cuts JSON into values (RFC 8259).
struct FactTextReading {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0
    private var values: [FactText.Value] = []

    /// Facts are three levels deep.
    private static let deepest = 32

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        values.reserveCapacity(40)
    }

    mutating func whole() throws -> [FactText.Value] {
        try value(depth: 0)
        skipSpace()
        guard place == bytes.count else { throw notJSON }
        return values
    }

    private var notJSON: DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: "no JSON at byte \(place) of a fact"))
    }

    private mutating func value(depth: Int) throws {
        skipSpace()
        guard depth < Self.deepest, place < bytes.count else { throw notJSON }
        switch bytes[place] {
        case UInt8(ascii: "\""): try text()
        case UInt8(ascii: "{"): try members(.object, until: UInt8(ascii: "}"), depth)
        case UInt8(ascii: "["): try members(.list, until: UInt8(ascii: "]"), depth)
        case UInt8(ascii: "t"): try word("true", .yes)
        case UInt8(ascii: "f"): try word("false", .no)
        case UInt8(ascii: "n"): try word("null", .nothing)
        default: try number()
        }
    }

    private mutating func members(_ shape: FactText.Shape, until end: UInt8, _ depth: Int) throws {
        let index = values.count
        place += 1
        add(shape, place..<place)
        skipSpace()
        if take(end) {
            values[index].next = values.count
            return
        }
        repeat {
            if case .object = shape {
                skipSpace()
                guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { throw notJSON }
                try text()
                skipSpace()
                guard take(UInt8(ascii: ":")) else { throw notJSON }
            }
            try value(depth: depth + 1)
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(end) else { throw notJSON }
        values[index].next = values.count
    }

    private mutating func text() throws {
        place += 1
        let start = place
        var shape = FactText.Shape.text
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                add(shape, start..<place)
                place += 1
                return
            case UInt8(ascii: "\\"):
                shape = .textWithEscapes
                place += 2
            case 0..<0x20: throw notJSON
            default: place += 1
            }
        }
        throw notJSON
    }

    private mutating func number() throws {
        let start = place
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) || bytes[place] == UInt8(ascii: "-") else {
            throw notJSON
        }
        while place < bytes.count, Self.isPartOfNumber(bytes[place]) { place += 1 }
        add(.number, start..<place)
    }

    private static func isPartOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    private mutating func word(_ word: StaticString, _ shape: FactText.Shape) throws {
        let end = place + word.utf8CodeUnitCount
        guard end <= bytes.count,
            word.withUTF8Buffer({ $0.elementsEqual(UnsafeBufferPointer(rebasing: bytes[place..<end])) })
        else { throw notJSON }
        add(shape, place..<end)
        place = end
    }

    private mutating func add(_ shape: FactText.Shape, _ range: Range<Int>) {
        values.append(FactText.Value(shape: shape, bytes: range, next: values.count + 1))
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while place < bytes.count {
            switch bytes[place] {
            case 0x20, 0x09, 0x0A, 0x0D: place += 1
            default: return
            }
        }
    }
}

extension FactTextReading {
    /// The text that a JSON text with escapes stands for; nothing where one of them is none.
    static func unescaped(_ bytes: ArraySlice<UInt8>) -> String? {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                plain.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "\""): plain.append(UInt8(ascii: "\""))
            case UInt8(ascii: "\\"): plain.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "/"): plain.append(UInt8(ascii: "/"))
            case UInt8(ascii: "b"): plain.append(0x08)
            case UInt8(ascii: "f"): plain.append(0x0C)
            case UInt8(ascii: "n"): plain.append(0x0A)
            case UInt8(ascii: "r"): plain.append(0x0D)
            case UInt8(ascii: "t"): plain.append(0x09)
            case UInt8(ascii: "u"):
                guard let scalar = scalar(from: &rest) else { return nil }
                plain.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            default: return nil
            }
        }
        return String(validating: plain, as: UTF8.self)
    }

    /// The character of one `uXXXX`, or of two that are halves of one.
    private static func scalar(from rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
        guard let first = unit(from: &rest) else { return nil }
        guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) }
        guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u"),
            let second = unit(from: &rest), UTF16.isTrailSurrogate(second)
        else { return nil }
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    private static func unit(from rest: inout ArraySlice<UInt8>) -> UInt16? {
        let digits = rest.prefix(4)
        rest = rest.dropFirst(4)
        guard digits.count == 4, !digits.contains(UInt8(ascii: "+")), !digits.contains(UInt8(ascii: "-")) else {
            return nil
        }
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
