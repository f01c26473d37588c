/// Sound, film and the container formats they share with photos of telephones.
enum Recordings {
    /// ISO base media: HEIC photos, MP4 and QuickTime. The boxes follow one another to the end of the file.
    static func boxes(_ reading: inout Reading) async throws -> Inspection {
        let head = try await reading.bytes(at: 0, 64)
        let length = min(head.big32(0) ?? 0, 64)
        let brands = stride(from: 8, to: max(8, length - 3), by: 4).compactMap { at -> String? in
            at == 12 || at + 4 > head.count ? nil : String(decoding: head.all[at..<(at + 4)], as: UTF8.self)
        }
        let photo: Set<String> = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]
        let kind: FileKind =
            brands.first == "qt  " ? .quicktime : brands.contains(where: photo.contains) ? .heic : .mp4

        var at = 0
        while at < reading.size {
            let box = try await reading.bytes(at: at, 16)
            guard var size = box.big32(0) else { return Inspection(kind, [.broken]) }
            // 0 means to the end of the file, 1 that the length follows in 64 bits.
            if size == 0 { break }
            if size == 1 {
                guard let long = box.big64(8) else { return Inspection(kind, [.broken]) }
                size = long
            }
            guard size >= 8, size <= reading.size - at else { return Inspection(kind, [.broken]) }
            at += size
        }
        return Inspection(kind)
    }

    /// WAV sound and WebP pictures, which state their length.
    static func riff(_ head: Bytes, size: Int) -> Inspection {
        let kind: FileKind = head.has("WAVE", at: 8) ? .wav : head.has("WEBP", at: 8) ? .webp : .unrecognised
        guard kind != .unrecognised else { return Inspection(kind) }
        // Recorders that were switched off leave the length at zero or at its largest.
        guard let stated = head.little32(4), stated != 0, stated != 0xffff_ffff else { return Inspection(kind) }
        return Inspection(kind, stated > size - 8 ? [.broken] : [])
    }

    /// Two sound frames of MPEG layer III in a row: one alone is two bytes that many files begin with.
    static func startsMP3Frame(_ head: Bytes) -> Bool {
        guard let length = frameLength(head, 0) else { return false }
        return frameLength(head, length) != nil
    }

    private static func frameLength(_ head: Bytes, _ at: Int) -> Int? {
        guard let word = head.big32(at), word >> 17 & 0x7fff == 0x7ffd, word >> 12 & 15 != 15 else { return nil }
        let rates = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
        let samples = [44_100, 48_000, 32_000]
        let rate = rates[word >> 12 & 15]
        guard rate > 0, word >> 10 & 3 < 3 else { return nil }
        return 144_000 * rate / samples[word >> 10 & 3] + (word >> 9 & 1)
    }
}
