import Documents
import Testing

@Suite("Archives that lie or explode")
struct ArchiveTests {
    @Test("A bomb is refused by what it says of itself, without unpacking")
    func bomb() async throws {
        let findings = try await inspect(sample("bomb.zip")).findings
        #expect(findings == [.unpacksTooLarge(maximumBytes: IntakeLimits.everything.maximumUnpackedBytes)])
    }

    @Test("An archive that unpacks to more than allowed is refused whatever its ratio")
    func tooMuch() async throws {
        var limits = IntakeLimits.everything
        limits.maximumUnpackedBytes = 99
        let bytes = Zip.make([
            .init("a.txt", [1], unpacked: 50, method: 8), .init("b.txt", [1], unpacked: 50, method: 8),
        ])
        #expect(try await inspect(bytes, limits).findings == [.unpacksTooLarge(maximumBytes: 99)])
        limits.maximumUnpackedBytes = 100
        #expect(try await inspect(bytes, limits).findings == [])
    }

    @Test("More files than allowed")
    func tooMany() async throws {
        var limits = IntakeLimits.everything
        limits.maximumEntries = 2
        let three = Zip.make(["a", "b", "c"].map { .init($0) })
        #expect(try await inspect(three, limits).findings == [.tooManyEntries(maximum: 2)])
        #expect(try await inspect(Zip.make(["a", "b"].map { .init($0) }), limits).findings == [])
    }

    @Test("An archive in an archive, by its name or, where it is stored plainly, by its content")
    func nested() async throws {
        #expect(try await inspect(sample("nested.zip")).findings == [.archiveInArchive])
        #expect(try await inspect(Zip.make([.init("b.TAR.GZ", method: 8)])).findings == [.archiveInArchive])
        let document = Zip.Member("letter.docx", try sample("letter.docx"))
        #expect(try await inspect(Zip.make([document])).findings == [])
    }

    @Test("Entries that share the same bytes")
    func overlapping() async throws {
        let members = (0..<3).map { Zip.Member("\($0).txt", [1, 2, 3]) }
        #expect(try await inspect(Zip.make(members, overlapping: true)).findings == [.broken])
        #expect(try await inspect(Zip.make(members)).findings == [])
    }

    @Test("A table of contents that is damaged")
    func damagedTable() async throws {
        var bytes = Zip.make([.init("a.txt", [1, 2, 3])])
        let table = try #require(bytes.firstRange(of: [0x50, 0x4b, 1, 2]))
        bytes[table.lowerBound] = 0
        #expect(try await inspect(bytes).findings == [.broken])
    }

    @Test("An encrypted entry among plain ones")
    func oneLocked() async throws {
        let bytes = Zip.make([.init("a.txt", [1]), .init("b.txt", [1], flags: 1)])
        #expect(try await inspect(bytes).findings == [.passwordProtected])
    }

    @Test("An archive of two gigabytes is judged from its ends")
    func vast() async throws {
        let size = (2 << 30) - 1000
        var whole = Zip.make([.init("film.mp4", [])])
        let header = 30 + "film.mp4".utf8.count
        // The same archive with its one entry grown to the size of the hole between the ends.
        let hole = size - whole.count
        let sizes = Zip.little(hole, 4) + Zip.little(hole, 4)
        whole.replaceSubrange(18..<26, with: sizes)
        let table = try #require(whole.firstRange(of: [0x50, 0x4b, 1, 2])).lowerBound
        whole.replaceSubrange((table + 20)..<(table + 28), with: sizes)
        let end = whole.count - 22
        whole.replaceSubrange((end + 16)..<(end + 20), with: Zip.little(table + hole, 4))
        let source = Vast(size: size, head: Array(whole[..<header]), tail: Array(whole[header...]))
        let inspection = try await Inspection.of(source, named: "films.zip", under: .everything)
        #expect(inspection.kind == .zip)
        #expect(inspection.findings == [])
        #expect(source.bytesRead < 1 << 20)
    }

    @Test(
        "Bytes changed at random never stop the inspection",
        arguments: [
            "table.pdf", "stream.pdf", "user-r6.pdf", "plain.zip", "letter.odt", "sheet.xls", "locked.xlsx",
            "picture.jpg",
            "picture.tiff", "photo.heic", "sound.mp4", "zip64.zip",
        ])
    func fuzz(name: String) async throws {
        let bytes = try sample(name)
        var state: UInt64 = 0x9e37_79b9_7f4a_7c15
        func next(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % below
        }
        var kinds: Set<FileKind> = []
        for _ in 0..<50 {
            var changed = bytes
            for _ in 0...next(8) { changed[next(changed.count)] = UInt8(next(256)) }
            if next(4) == 0 { changed.removeLast(next(changed.count)) }
            kinds.insert(try await inspect(changed).kind)
        }
        #expect(!kinds.isEmpty)
    }

    @Test("A file that cannot be read has not been inspected")
    func unreadable() async throws {
        await #expect(throws: Damaged.Fault.self) {
            try await Inspection.of(Damaged(size: 100_000, readable: 70_000), named: "x", under: .everything)
        }
    }
}
