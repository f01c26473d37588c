/// Pictures: whole from their first to their last mark, or cut short.
enum Pictures {
    /// Follows the segments to the picture's data, so that the end of a thumbnail is not taken for the end of the
    /// picture; cameras may write more after it.
    static func jpeg(_ reading: inout Reading) async throws -> Inspection {
        var at = 2
        while true {
            let mark = try await reading.bytes(at: at, 4)
            guard mark[0] == 0xff, let kind = mark[1] else { return Inspection(.jpeg, [.broken]) }
            if kind == 0xff {
                at += 1
                continue
            }
            guard let length = mark.big16(2), length >= 2 else { return Inspection(.jpeg, [.broken]) }
            at += 2 + length
            if kind == 0xda { break }
        }
        let tail = try await reading.tail(Reading.window)
        if tail.from >= at, tail.bytes.last([0xff, 0xd9]) != nil { return Inspection(.jpeg) }
        let end = try await reading.first([0xff, 0xd9], from: at)
        return Inspection(.jpeg, end == nil ? [.broken] : [])
    }

    static func png(_ reading: inout Reading) async throws -> Inspection {
        let head = try await reading.bytes(at: 0, 32)
        guard head.has("IHDR", at: 12), let width = head.big32(16), let height = head.big32(20), width > 0, height > 0
        else { return Inspection(.png, [.broken]) }
        // The last chunk is always the same twelve bytes.
        let end: [UInt8] = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]
        if try await reading.tail(Reading.window).bytes.last(end) != nil { return Inspection(.png) }
        return Inspection(.png, try await reading.first(end, from: 8) == nil ? [.broken] : [])
    }

    static func gif(_ reading: inout Reading) async throws -> Inspection {
        let ends = try await reading.tail(64).bytes.last([0x3b]) != nil
        return Inspection(.gif, ends ? [] : [.broken])
    }

    /// The first directory of tags, and the last strip or tile it names, must lie within the file.
    static func tiff(_ reading: inout Reading, littleEndian: Bool) async throws -> Inspection {
        var tags = Tags(littleEndian: littleEndian)
        guard try await tags.read(&reading) else { return Inspection(.tiff, [.broken]) }
        // Strips (273 and 279) or tiles (324 and 325): where each begins, and its length.
        for (places, lengths) in [(273, 279), (324, 325)] where tags.holds(places) {
            guard let place = try await tags.last(of: places, &reading),
                let length = try await tags.last(of: lengths, &reading), place <= reading.size - length
            else { return Inspection(.tiff, [.broken]) }
        }
        return Inspection(.tiff)
    }
}

/// The directory of a TIFF picture: twelve bytes a tag, in either order of bytes.
private struct Tags {
    private let littleEndian: Bool
    private var entries = Bytes([])

    init(littleEndian: Bool) {
        self.littleEndian = littleEndian
    }

    /// Reads the first directory; whether it is there.
    mutating func read(_ reading: inout Reading) async throws -> Bool {
        let start = try await reading.bytes(at: 4, 4)
        guard let directory = long(start, 0), directory >= 8,
            let count = short(try await reading.bytes(at: directory, 2), 0), count > 0
        else { return false }
        entries = try await reading.bytes(at: directory + 2, count * 12)
        return entries.count == count * 12
    }

    func holds(_ tag: Int) -> Bool { place(of: tag) != nil }

    /// The last value of a tag, since strips are written in order; nothing where it is not in the file.
    func last(of tag: Int, _ reading: inout Reading) async throws -> Int? {
        guard let at = place(of: tag), let type = short(entries, at + 2), let values = long(entries, at + 4), values > 0
        else { return nil }
        let width = type == 3 ? 2 : 4
        if values * width <= 4 { return number(entries, at + 8 + (values - 1) * width, width) }
        guard let offset = long(entries, at + 8) else { return nil }
        return number(try await reading.bytes(at: offset + (values - 1) * width, width), 0, width)
    }

    private func place(of tag: Int) -> Int? {
        stride(from: 0, to: entries.count, by: 12).first { short(entries, $0) == tag }
    }

    private func number(_ bytes: Bytes, _ at: Int, _ width: Int) -> Int? {
        width == 2 ? short(bytes, at) : long(bytes, at)
    }

    private func short(_ bytes: Bytes, _ at: Int) -> Int? { littleEndian ? bytes.little16(at) : bytes.big16(at) }
    private func long(_ bytes: Bytes, _ at: Int) -> Int? { littleEndian ? bytes.little32(at) : bytes.big32(at) }
}
