/// Reads `application/x-www-form-urlencoded`, piece by piece, so that a body of any length takes no more memory than
/// the form's limits.
struct URLEncoded {
    private enum Part { case name, value }

    private var part = Part.name
    private var name: [UInt8] = []
    private var value: [UInt8] = []
    private var isCut = false
    /// Hexadecimal digits seen after a `%`; nothing when there is none.
    private var escape: [UInt8]?
    private let most: Int

    init(most: Int) {
        self.most = most
    }

    /// A whole text at once: a query.
    static func decode(_ text: some StringProtocol, into fields: inout FormFields) {
        var reader = URLEncoded(most: fields.limits.value)
        Array(text.utf8).withUnsafeBytes { reader.read($0, into: &fields) }
        reader.finish(into: &fields)
    }

    mutating func read(_ bytes: UnsafeRawBufferPointer, into fields: inout FormFields) {
        var index = 0
        while index < bytes.count {
            // Most bytes stand for themselves and are taken together.
            var end = index
            if escape == nil {
                while end < bytes.count, !isSign(bytes[end]) { end += 1 }
            }
            if end > index {
                append(bytes[index..<end])
                index = end
            } else {
                read(bytes[index], into: &fields)
                index += 1
            }
        }
    }

    private mutating func read(_ byte: UInt8, into fields: inout FormFields) {
        if var digits = escape {
            if let low = hex(byte) {
                digits.append(byte)
                if digits.count < 2 {
                    escape = digits
                } else {
                    escape = nil
                    append([(hex(digits[0]) ?? 0) << 4 | low])
                }
                return
            }
            // No escape after all: the sign and what followed it stand for themselves.
            escape = nil
            append([0x25] + digits)
        }
        switch byte {
        case 0x26: end(into: &fields)
        case 0x3d where part == .name: part = .value
        case 0x2b: append([0x20])
        case 0x25: escape = []
        default: append([byte])
        }
    }

    mutating func finish(into fields: inout FormFields) {
        if let digits = escape {
            escape = nil
            append([0x25] + digits)
        }
        end(into: &fields)
    }

    private mutating func append(_ bytes: some Collection<UInt8>) {
        switch part {
        case .name: name.append(contentsOf: bytes.prefix(200 - name.count))
        case .value:
            let room = most - value.count
            value.append(contentsOf: bytes.prefix(room))
            if bytes.count > room { isCut = true }
        }
    }

    private mutating func end(into fields: inout FormFields) {
        if !name.isEmpty { fields.add(name: name, value: value, isCut: isCut) }
        part = .name
        name.removeAll(keepingCapacity: true)
        value.removeAll(keepingCapacity: true)
        isCut = false
    }
}

/// Whether a byte means something in this encoding: `&`, `=`, `+` or `%`.
private func isSign(_ byte: UInt8) -> Bool { byte == 0x26 || byte == 0x3d || byte == 0x2b || byte == 0x25 }

/// The value of a hexadecimal digit.
func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
}

/// A path segment without its percent signs; nothing when it is no good: a broken escape, bytes that are no UTF-8, or
/// a control character.
func percentDecoded(_ segment: some StringProtocol) -> String? {
    var bytes: [UInt8] = []
    var rest = segment.utf8.makeIterator()
    while let byte = rest.next() {
        guard byte == 0x25 else {
            bytes.append(byte)
            continue
        }
        guard let high = rest.next().flatMap(hex), let low = rest.next().flatMap(hex) else { return nil }
        bytes.append(high << 4 | low)
    }
    guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7f }) else { return nil }
    return String(validating: bytes, as: UTF8.self)
}
