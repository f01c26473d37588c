extension [UInt8] {
    /// Appends text so that no byte of it can end an attribute or begin a tag.
    ///
    /// Left out altogether: control characters that no page may hold (all of C0 but tab, line feed and carriage
    /// return; delete), and the nine controls that override or embed a direction (U+202A to U+202E, U+2066 to
    /// U+2069), with which a file's name can be made to read backwards. Right-to-left letters need none of them.
    mutating func appendEscaped(_ text: some StringProtocol) {
        let escaped: Void? = text.utf8.withContiguousStorageIfAvailable { appendEscaped(bytes: $0) }
        if escaped == nil {
            Array(text.utf8).withUnsafeBufferPointer { appendEscaped(bytes: $0) }
        }
    }

    private mutating func appendEscaped(bytes: UnsafeBufferPointer<UInt8>) {
        var clean = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            guard isSpecial(byte) else {
                index += 1
                continue
            }
            let (replacement, length) = replacement(of: byte, at: index, in: bytes)
            guard let replacement else {
                index += length
                continue
            }
            append(contentsOf: bytes[clean..<index])
            replacement.withUTF8Buffer { append(contentsOf: $0) }
            index += length
            clean = index
        }
        append(contentsOf: bytes[clean..<index])
    }

    /// What stands for the character that begins here and how many bytes it has; nothing when it stays as it is.
    private func replacement(
        of byte: UInt8, at index: Int, in bytes: UnsafeBufferPointer<UInt8>
    ) -> (StaticString?, Int) {
        switch byte {
        case 0x26: return ("&amp;", 1)
        case 0x3c: return ("&lt;", 1)
        case 0x3e: return ("&gt;", 1)
        case 0x22: return ("&quot;", 1)
        case 0x27: return ("&#39;", 1)
        case 0xe2:
            guard index + 2 < bytes.count else { return (nil, 1) }
            let turns =
                (bytes[index + 1] == 0x80 && (0xaa...0xae).contains(bytes[index + 2]))
                || (bytes[index + 1] == 0x81 && (0xa6...0xa9).contains(bytes[index + 2]))
            return turns ? ("", 3) : (nil, 3)
        default: return ("", 1)
        }
    }
}

/// Whether a byte is not simply copied: the five of markup, the controls, and the first byte of U+2000 to U+2FFF.
/// One bit for each of the first 64 bytes, because this is asked of every byte of every page.
@inline(__always)
private func isSpecial(_ byte: UInt8) -> Bool {
    byte < 0x40 ? specialBits >> UInt64(byte) & 1 == 1 : byte == 0x7f || byte == 0xe2
}

private let specialBits: UInt64 =
    (0xffff_ffff & ~(1 << 0x09 | 1 << 0x0a | 1 << 0x0d)) | 1 << 0x22 | 1 << 0x26 | 1 << 0x27 | 1 << 0x3c | 1 << 0x3e
