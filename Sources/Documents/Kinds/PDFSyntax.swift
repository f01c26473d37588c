/// A value in a PDF, as far as the tables at its end need it. Written by hand: at intake only a trailer and the
/// encryption dictionary are read, in the web's own process, so a parser of a few lines with a bounded depth is worth
/// more than one that can do everything.
indirect enum PDFValue: Hashable, Sendable {
    case name(String)
    case integer(Int)
    case string([UInt8])
    case reference(Int)
    case array([PDFValue])
    case dictionary([String: PDFValue])
    case flag(Bool)
    /// Null, fractions and anything else that no table at intake asks for.
    case other

    subscript(key: String) -> PDFValue? {
        if case .dictionary(let entries) = self { entries[key] } else { nil }
    }

    var integer: Int? { if case .integer(let value) = self { value } else { nil } }
    var name: String? { if case .name(let value) = self { value } else { nil } }
    var string: [UInt8]? { if case .string(let value) = self { value } else { nil } }
}

/// Reads values out of bytes.
struct PDFReader {
    private let bytes: Bytes
    private(set) var place: Int

    init(_ bytes: Bytes, at place: Int = 0) {
        self.bytes = bytes
        self.place = place
    }

    /// The word at the place, if it is this one.
    mutating func takes(_ word: StaticString) -> Bool {
        skipSpace()
        guard bytes.has(word, at: place) else { return false }
        place += word.utf8CodeUnitCount
        return true
    }

    /// A whole number standing alone, as before `obj` or after `startxref`.
    mutating func wholeNumber() -> Int? {
        skipSpace()
        return value(depth: 1)?.integer
    }

    /// The value at the place; nothing where there is none, or where it is nested too deep.
    mutating func value(depth: Int = 0) -> PDFValue? {
        skipSpace()
        guard depth < 24, let byte = bytes[place] else { return nil }
        switch byte {
        case UInt8(ascii: "/"): return .name(name())
        case UInt8(ascii: "("): return .string(literal())
        case UInt8(ascii: "["): return array(depth)
        case UInt8(ascii: "<"):
            return bytes[place + 1] == UInt8(ascii: "<") ? dictionary(depth) : .string(hex())
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return number(depth)
        default: return word()
        }
    }

    private mutating func skipSpace() {
        while let byte = bytes[place] {
            if byte == UInt8(ascii: "%") {
                while let next = bytes[place], next != 10, next != 13 { place += 1 }
            } else if isSpace(byte) {
                place += 1
            } else {
                return
            }
        }
    }

    private mutating func name() -> String {
        place += 1
        var spelled: [UInt8] = []
        while let byte = bytes[place], !isSpace(byte), !isDelimiter(byte) {
            // `/#45ncrypt` is `/Encrypt`.
            if byte == UInt8(ascii: "#"), let high = digit(bytes[place + 1]), let low = digit(bytes[place + 2]) {
                spelled.append(high << 4 | low)
                place += 3
            } else {
                spelled.append(byte)
                place += 1
            }
        }
        return String(decoding: spelled, as: UTF8.self)
    }

    private mutating func literal() -> [UInt8] {
        place += 1
        var read: [UInt8] = []
        var open = 1
        while let byte = bytes[place] {
            place += 1
            switch byte {
            case UInt8(ascii: "("): open += 1
            case UInt8(ascii: ")"):
                open -= 1
                if open == 0 { return read }
            case UInt8(ascii: "\\"):
                escape(into: &read)
                continue
            default: break
            }
            read.append(byte)
        }
        return read
    }

    private mutating func escape(into read: inout [UInt8]) {
        guard let byte = bytes[place] else { return }
        place += 1
        switch byte {
        case UInt8(ascii: "n"): read.append(10)
        case UInt8(ascii: "r"): read.append(13)
        case UInt8(ascii: "t"): read.append(9)
        case UInt8(ascii: "b"): read.append(8)
        case UInt8(ascii: "f"): read.append(12)
        case 13: if bytes[place] == 10 { place += 1 }
        case 10: break
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            var value = Int(byte - 48)
            for _ in 0..<2 {
                guard let next = bytes[place], (48...55).contains(next) else { break }
                value = value * 8 + Int(next - 48)
                place += 1
            }
            read.append(UInt8(truncatingIfNeeded: value))
        default: read.append(byte)
        }
    }

    private mutating func hex() -> [UInt8] {
        place += 1
        var digits: [UInt8] = []
        while let byte = bytes[place], byte != UInt8(ascii: ">") {
            if let digit = digit(byte) { digits.append(digit) }
            place += 1
        }
        place += 1
        if digits.count % 2 == 1 { digits.append(0) }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private mutating func array(_ depth: Int) -> PDFValue? {
        place += 1
        var values: [PDFValue] = []
        while true {
            skipSpace()
            guard let byte = bytes[place] else { return nil }
            if byte == UInt8(ascii: "]") {
                place += 1
                return .array(values)
            }
            guard let value = value(depth: depth + 1) else { return nil }
            values.append(value)
        }
    }

    private mutating func dictionary(_ depth: Int) -> PDFValue? {
        place += 2
        var entries: [String: PDFValue] = [:]
        while true {
            skipSpace()
            if bytes.has(">>", at: place) {
                place += 2
                return .dictionary(entries)
            }
            guard bytes[place] == UInt8(ascii: "/") else { return nil }
            let key = name()
            guard let value = value(depth: depth + 1) else { return nil }
            entries[key] = value
        }
    }

    /// A number, or a reference: two whole numbers and `R`.
    private mutating func number(_ depth: Int) -> PDFValue {
        let spelled = digits()
        guard let first = Int(spelled) else { return .other }
        let after = place
        skipSpace()
        if Int(digits()) != nil {
            skipSpace()
            if bytes[place] == UInt8(ascii: "R"), bytes[place + 1].map({ isSpace($0) || isDelimiter($0) }) ?? true {
                place += 1
                return .reference(first)
            }
        }
        place = after
        return .integer(first)
    }

    private mutating func digits() -> String {
        var spelled: [UInt8] = []
        while let byte = bytes[place], (48...57).contains(byte) || [43, 45, 46].contains(byte) {
            spelled.append(byte)
            place += 1
        }
        return String(decoding: spelled, as: UTF8.self)
    }

    private mutating func word() -> PDFValue? {
        let start = place
        while let byte = bytes[place], !isSpace(byte), !isDelimiter(byte) { place += 1 }
        switch String(decoding: bytes.all[start..<place], as: UTF8.self) {
        case "true": return .flag(true)
        case "false": return .flag(false)
        case "null": return .other
        default: return nil
        }
    }

    private func isSpace(_ byte: UInt8) -> Bool { [0, 9, 10, 12, 13, 32].contains(byte) }

    private func isDelimiter(_ byte: UInt8) -> Bool { Array("()<>[]{}/%".utf8).contains(byte) }

    private func digit(_ byte: UInt8?) -> UInt8? {
        switch byte {
        case .some(let byte) where (48...57).contains(byte): byte - 48
        case .some(let byte) where (65...70).contains(byte): byte - 55
        case .some(let byte) where (97...102).contains(byte): byte - 87
        case .some, .none: nil
        }
    }
}
