/// What a `Range` header asks of a file of known size (RFC 9110, section 14).
enum ByteRange: Hashable {
    /// All of it: no range was asked for, or one that may be ignored (several at once, another unit, no sense in it).
    case whole
    /// The bytes from the first to before the last.
    case part(Range<Int>)
    /// Nothing of what was asked for exists.
    case unsatisfiable

    init(_ header: String?, size: Int) {
        guard let header, header.lowercased().hasPrefix("bytes=") else {
            self = .whole
            return
        }
        let text = header.dropFirst("bytes=".count).trimmed()
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard !text.contains(","), ends.count == 2 else {
            self = .whole
            return
        }
        switch (ByteRange.number(ends[0]), ByteRange.number(ends[1])) {
        case (.some(let first), .some(let last)) where first <= last:
            self = first < size ? .part(first..<min(last + 1, size)) : .unsatisfiable
        case (.some(let first), nil) where ends[1].isEmpty:
            self = first < size ? .part(first..<size) : .unsatisfiable
        case (nil, .some(let count)) where ends[0].isEmpty:
            self = count > 0 && size > 0 ? .part(max(0, size - count)..<size) : .unsatisfiable
        default: self = .whole
        }
    }

    private static func number(_ text: Substring) -> Int? {
        guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
