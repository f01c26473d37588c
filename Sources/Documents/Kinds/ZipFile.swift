/// An archive seen from its table of contents. Nothing is unpacked: what it *says* about itself is held against the
/// limits, and what unpacks it later holds it to that.
enum ZipFile {
    struct Entry: Hashable, Sendable {
        let name: String
        let isEncrypted: Bool
        let isStored: Bool
        let packed: Int
        let unpacked: Int
        /// Where its own header begins.
        let place: Int
    }

    /// A bomb below this size harms nobody, and small documents of repeated text compress beyond any ratio.
    private static let harmless = 16 << 20

    static func look(_ reading: inout Reading, _ limits: IntakeLimits) async throws -> Inspection {
        guard let table = try await table(&reading) else { return Inspection(.zip, [.broken]) }
        // No entry of the table is shorter than 46 bytes; a table beyond 256 bytes an entry is padded.
        guard table.count <= limits.maximumEntries, table.length <= limits.maximumEntries * 256 else {
            return Inspection(.zip, [.tooManyEntries(maximum: limits.maximumEntries)])
        }
        guard let entries = try await entries(&reading, table) else { return Inspection(.zip, [.broken]) }
        var inspection = try await kind(&reading, entries)

        let packed = entries.reduce(0) { $0 + $1.packed }
        let unpacked = entries.reduce(0) {
            $0.addingReportingOverflow($1.unpacked).overflow ? Int.max : $0 + $1.unpacked
        }
        if unpacked > limits.maximumUnpackedBytes
            || unpacked > harmless && unpacked / limits.maximumRatio > max(packed, 1)
        {
            inspection.findings.append(.unpacksTooLarge(maximumBytes: limits.maximumUnpackedBytes))
        }
        // Documents may embed documents; an archive in an archive only hides what it holds.
        if inspection.kind == .zip, try await holdsArchive(&reading, entries) {
            inspection.findings.append(.archiveInArchive)
        }
        if overlap(entries, before: table.place) { inspection.findings.append(.broken) }
        return inspection
    }

    // MARK: The table

    private struct Table {
        var count: Int
        var length: Int
        var place: Int
        /// Bytes before the archive, by which every place in it is off.
        var shift: Int
    }

    private static func table(_ reading: inout Reading) async throws -> Table? {
        let (tail, from) = try await reading.tail(22 + 0xffff)
        var end = tail.count - 22
        // The end record is followed by a comment of the length it states.
        while end >= 0, !(tail.has("PK\u{5}\u{6}", at: end) && tail.little16(end + 20) == tail.count - end - 22) {
            end -= 1
        }
        guard end >= 0, var count = tail.little16(end + 10), var length = tail.little32(end + 12),
            var place = tail.little32(end + 16)
        else { return nil }
        var tableEnd = from + end
        if count == 0xffff || length == 0xffff_ffff || place == 0xffff_ffff {
            guard tail.has("PK\u{6}\u{7}", at: end - 20), let far = tail.little64(end - 12) else { return nil }
            let record = try await reading.bytes(at: far, 56)
            guard record.has("PK\u{6}\u{6}"), let longCount = record.little64(32), let longLength = record.little64(40),
                let longPlace = record.little64(48)
            else { return nil }
            (count, length, place, tableEnd) = (longCount, longLength, longPlace, far)
        }
        let shift = tableEnd - length - place
        guard shift >= 0, length <= reading.size, place <= reading.size else { return nil }
        return Table(count: count, length: length, place: place + shift, shift: shift)
    }

    private static func entries(_ reading: inout Reading, _ table: Table) async throws -> [Entry]? {
        var entries: [Entry] = []
        var at = table.place
        for _ in 0..<table.count {
            let fixed = try await reading.bytes(at: at, 46)
            guard fixed.has("PK\u{1}\u{2}"), let flags = fixed.little16(8), let method = fixed.little16(10),
                var packed = fixed.little32(20), var unpacked = fixed.little32(24), let name = fixed.little16(28),
                let extra = fixed.little16(30), let comment = fixed.little16(32), var place = fixed.little32(42)
            else { return nil }
            let rest = try await reading.bytes(at: at + 46, name + extra)
            guard rest.count == name + extra else { return nil }
            let more = Bytes(Array(rest.all[name...]))
            guard widen(&unpacked, &packed, &place, by: more) else { return nil }
            guard place <= table.place - table.shift, packed <= reading.size else { return nil }
            entries.append(
                Entry(
                    name: String(decoding: rest.all[..<name], as: UTF8.self),
                    // Bit 0: encrypted; bit 13: the table itself is; method 99: AES.
                    isEncrypted: flags & 0x2001 != 0 || method == 99,
                    isStored: method == 0, packed: packed, unpacked: unpacked, place: place + table.shift))
            at += 46 + name + extra + comment
        }
        return entries
    }

    /// Takes numbers that do not fit into 32 bits from the entry's extra field.
    private static func widen(_ unpacked: inout Int, _ packed: inout Int, _ place: inout Int, by extra: Bytes) -> Bool {
        guard [unpacked, packed, place].contains(0xffff_ffff) else { return true }
        var at = 0
        while let tag = extra.little16(at), let length = extra.little16(at + 2) {
            guard tag == 1 else {
                at += 4 + length
                continue
            }
            var field = at + 4
            func next() -> Int? {
                defer { field += 8 }
                return extra.little64(field)
            }
            if unpacked == 0xffff_ffff {
                guard let value = next() else { return false }
                unpacked = value
            }
            if packed == 0xffff_ffff {
                guard let value = next() else { return false }
                packed = value
            }
            if place == 0xffff_ffff {
                guard let value = next() else { return false }
                place = value
            }
            return true
        }
        return false
    }

    // MARK: What it is

    private static func kind(_ reading: inout Reading, _ entries: [Entry]) async throws -> Inspection {
        let names = Set(entries.map(\.name))
        func holds(_ folder: String) -> Bool { names.contains { $0.hasPrefix(folder) } }

        var inspection = Inspection(.zip)
        if names.contains("[Content_Types].xml") {
            if holds("word/") { inspection.kind = .docx }
            if holds("xl/") { inspection.kind = .xlsx }
            if holds("ppt/") { inspection.kind = .pptx }
            if names.contains(where: { $0.hasSuffix("vbaProject.bin") }) { inspection.notes.insert(.macros) }
        } else if let first = entries.first(where: { $0.name == "mimetype" && $0.isStored }) {
            let type = try await content(&reading, first, upTo: 128)
            if type.has("application/vnd.oasis.opendocument.text") { inspection.kind = .odt }
            if type.has("application/vnd.oasis.opendocument.spreadsheet") { inspection.kind = .ods }
        }
        if entries.contains(where: \.isEncrypted) {
            inspection.findings.append(.passwordProtected)
        } else if inspection.kind == .odt || inspection.kind == .ods, try await isLocked(&reading, entries) {
            inspection.findings.append(.passwordProtected)
        }
        return inspection
    }

    /// OpenDocument encrypts its members one by one and stores them, so the text no longer begins as markup does;
    /// newer writers put everything into one package.
    private static func isLocked(_ reading: inout Reading, _ entries: [Entry]) async throws -> Bool {
        if entries.contains(where: { $0.name == "encrypted-package" }) { return true }
        guard let text = entries.first(where: { $0.name == "content.xml" }), text.isStored else { return false }
        return try await content(&reading, text, upTo: 8).first(Array("<".utf8)) == nil
    }

    private static func holdsArchive(_ reading: inout Reading, _ entries: [Entry]) async throws -> Bool {
        let endings = [".zip", ".7z", ".rar", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".zst", ".cab", ".iso", ".jar"]
        for entry in entries.sorted(by: { $0.place < $1.place }) {
            let name = entry.name.lowercased()
            if endings.contains(where: name.hasSuffix) { return true }
            guard entry.isStored, !entry.isEncrypted else { continue }
            let start = try await content(&reading, entry, upTo: 8)
            let isArchive =
                start.has("PK\u{3}\u{4}") || start.has("Rar!") || start.has("7z") && start[2] == 0xbc
                || start.has([0x1f, 0x8b]) || start.has("BZh") || start.has([0xfd, 0x37, 0x7a, 0x58])
            // Office documents are archives by their nature and may lie in one.
            let isDocument = [".docx", ".xlsx", ".pptx", ".odt", ".ods"].contains(where: name.hasSuffix)
            if isArchive, !isDocument { return true }
        }
        return false
    }

    /// Two entries that share bytes, the trick by which a small file unpacks to petabytes.
    private static func overlap(_ entries: [Entry], before end: Int) -> Bool {
        let ordered = entries.sorted { $0.place < $1.place }
        for (entry, next) in zip(ordered, ordered.dropFirst().map(\.place) + [end])
        where entry.place + 30 + entry.packed > next { return true }
        return false
    }

    private static func content(_ reading: inout Reading, _ entry: Entry, upTo count: Int) async throws -> Bytes {
        let header = try await reading.bytes(at: entry.place, 30)
        guard header.has("PK\u{3}\u{4}"), let name = header.little16(26), let extra = header.little16(28) else {
            return Bytes([])
        }
        return try await reading.bytes(at: entry.place + 30 + name + extra, min(count, entry.packed))
    }
}
