/// What the content of a file shows, from its beginning, its end and the tables within: nothing is unpacked, decoded
/// or rendered, and a file of any size is looked at in a few kilobytes.
package struct Inspection: Hashable, Sendable {
    package var kind: FileKind
    /// Why the file cannot be taken; empty when it can.
    package var findings: [IntakeFinding]
    package var notes: Set<IntakeNote>

    init(_ kind: FileKind, _ findings: [IntakeFinding] = [], notes: Set<IntakeNote> = []) {
        self.kind = kind
        self.findings = findings
        self.notes = notes
    }

    /// Looks at a file. Throws what the source throws: a file that cannot be read has not been inspected.
    ///
    /// - Parameter name: the name its sender gave it, only to note where it misleads.
    package static func of(
        _ source: any ByteSource, named name: String, under limits: IntakeLimits
    ) async throws -> Inspection {
        guard source.size > 0 else { return Inspection(.unrecognised, [.empty]) }
        var reading = Reading(source)
        var inspection = try await look(&reading, limits)
        if source.size > limits.maximumBytes {
            inspection.findings.append(.tooLarge(maximumBytes: limits.maximumBytes))
        }
        // An encrypted Office document may be of an accepted kind: the password is what the sender can cure.
        if !limits.accepted.contains(inspection.kind), inspection.kind != .lockedOffice {
            inspection.findings.append(.notAccepted(inspection.kind, accepted: limits.accepted))
        }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        if let ending = parts.dropFirst().last?.lowercased(), !ending.isEmpty,
            !inspection.kind.endings.contains(ending), inspection.kind != .unrecognised
        {
            inspection.notes.insert(.nameSaysOtherwise)
        }
        return inspection
    }

    private static func look(_ reading: inout Reading, _ limits: IntakeLimits) async throws -> Inspection {
        let head = try await reading.bytes(at: 0, 4096)
        if head.has("%PDF-") { return try await PDFFile.look(&reading, header: 0) }
        if head.has([0xff, 0xd8, 0xff]) { return try await Pictures.jpeg(&reading) }
        if head.has([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) { return try await Pictures.png(&reading) }
        if head.has("GIF87a") || head.has("GIF89a") { return try await Pictures.gif(&reading) }
        if head.has([0x49, 0x49, 0x2a, 0x00]) { return try await Pictures.tiff(&reading, littleEndian: true) }
        if head.has([0x4d, 0x4d, 0x00, 0x2a]) { return try await Pictures.tiff(&reading, littleEndian: false) }
        if head.has("PK\u{3}\u{4}") || head.has("PK\u{5}\u{6}") { return try await ZipFile.look(&reading, limits) }
        if head.has(OLEFile.signature) { return try await OLEFile.look(&reading) }
        if head.has("ftyp", at: 4) { return try await Recordings.boxes(&reading) }
        if head.has("RIFF") { return Recordings.riff(head, size: reading.size) }
        if head.has("DICM", at: 128) { return Inspection(.dicom) }
        if head.has("{\\rtf") { return Inspection(.rtf) }
        if head.has("BM"), let stated = head.little32(2), stated == reading.size { return Inspection(.bmp) }
        if head.has("MZ") || head.has("\u{7f}ELF") || head.has("#!") { return Inspection(.program) }
        if head.has("ID3") || Recordings.startsMP3Frame(head) { return Inspection(.mp3) }
        let tail = try await reading.tail(4096).bytes
        if let text = Texts.kind(head: head, tail: tail, whole: reading.size <= head.count) { return Inspection(text) }
        // Readers look for the header within the first kilobyte, so a PDF may begin with something else.
        if let header = Bytes(Array(head.all.prefix(1024))).first(Array("%PDF-".utf8)) {
            return try await PDFFile.look(&reading, header: header)
        }
        return Inspection(.unrecognised)
    }
}
