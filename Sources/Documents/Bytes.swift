/// Bytes out of a hostile file: numbers and signs are asked for at a place, and beyond the end there is nothing.
struct Bytes: Hashable, Sendable {
    let all: [UInt8]

    init(_ all: [UInt8]) {
        self.all = all
    }

    var count: Int { all.count }

    subscript(at: Int) -> UInt8? {
        all.indices.contains(at) ? all[at] : nil
    }

    func little16(_ at: Int) -> Int? { number(at, 2, littleEndian: true) }
    func little32(_ at: Int) -> Int? { number(at, 4, littleEndian: true) }
    /// Nothing as well for a number that no file size can be.
    func little64(_ at: Int) -> Int? { number(at, 8, littleEndian: true) }
    func big32(_ at: Int) -> Int? { number(at, 4, littleEndian: false) }
    func big16(_ at: Int) -> Int? { number(at, 2, littleEndian: false) }
    func big64(_ at: Int) -> Int? { number(at, 8, littleEndian: false) }

    private func number(_ at: Int, _ width: Int, littleEndian: Bool) -> Int? {
        guard at >= 0, at <= count - width else { return nil }
        var value: UInt64 = 0
        for step in 0..<width {
            value = value << 8 | UInt64(all[littleEndian ? at + width - 1 - step : at + step])
        }
        return Int(exactly: value)
    }

    /// Whether these signs (ASCII) stand at the place.
    func has(_ text: StaticString, at: Int = 0) -> Bool {
        has(text.withUTF8Buffer { Array($0) }, at: at)
    }

    func has(_ pattern: [UInt8], at: Int = 0) -> Bool {
        at >= 0 && at <= count - pattern.count && all[at..<(at + pattern.count)].elementsEqual(pattern)
    }

    func first(_ pattern: [UInt8], from: Int = 0) -> Int? {
        guard let lead = pattern.first, count >= pattern.count else { return nil }
        return all.withUnsafeBufferPointer { all in
            var at = max(0, from)
            let end = all.count - pattern.count
            while at <= end {
                if all[at] == lead, all[at..<(at + pattern.count)].elementsEqual(pattern) { return at }
                at += 1
            }
            return nil
        }
    }

    func last(_ pattern: [UInt8]) -> Int? {
        guard let lead = pattern.first, count >= pattern.count else { return nil }
        var at = count - pattern.count
        while at >= 0 {
            if all[at] == lead, has(pattern, at: at) { return at }
            at -= 1
        }
        return nil
    }
}
