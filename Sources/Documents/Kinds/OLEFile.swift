/// The container of older Office documents, of Outlook messages, and of Office documents encrypted with a password.
enum OLEFile {
    static let signature: [UInt8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

    /// One stream or folder of the container.
    private struct Member {
        let start: Int
        let size: Int
    }

    static func look(_ reading: inout Reading) async throws -> Inspection {
        guard let container = try await Container(&reading), let members = try await members(&reading, container) else {
            return Inspection(.unrecognised, [.broken])
        }
        if members["EncryptedPackage"] != nil { return Inspection(.lockedOffice, [.passwordProtected]) }
        var inspection = Inspection(.unrecognised)
        if let text = members["WordDocument"] {
            // Bit 8 of the flags in the document's first block says that it is encrypted.
            let block = try await container.sector(text.start, &reading)
            inspection = Inspection(.doc, (block.little16(10) ?? 0) & 0x0100 == 0 ? [] : [.passwordProtected])
        } else if let book = members["Workbook"] ?? members["Book"] {
            let block = try await container.sector(book.start, &reading)
            inspection = Inspection(.xls, opensWithPassword(block) ? [.passwordProtected] : [])
        } else if members["PowerPoint Document"] != nil {
            inspection = Inspection(.ppt, members["EncryptedSummary"] == nil ? [] : [.passwordProtected])
        } else if members["__properties_version1.0"] != nil {
            inspection = Inspection(.outlook)
        }
        if members["Macros"] != nil || members["_VBA_PROJECT_CUR"] != nil { inspection.notes.insert(.macros) }
        return inspection
    }

    /// A workbook's records begin with its opening one; a password's record (47) follows close behind.
    private static func opensWithPassword(_ block: Bytes) -> Bool {
        var at = 0
        while let record = block.little16(at), let length = block.little16(at + 2) {
            if record == 47 { return true }
            at += 4 + length
        }
        return false
    }

    private static func members(_ reading: inout Reading, _ container: Container) async throws -> [String: Member]? {
        var members: [String: Member] = [:]
        var sector = container.directory
        // 4,096 sectors of directory are more than any document has; a chain that long goes in a circle.
        for _ in 0..<4096 {
            let bytes = try await container.sector(sector, &reading)
            guard bytes.count == container.sectorSize else { return nil }
            for at in stride(from: 0, to: bytes.count, by: 128) {
                guard let length = bytes.little16(at + 64), length >= 4, length <= 64,
                    let start = bytes.little32(at + 116), let size = bytes.little32(at + 120)
                else { continue }
                let units = stride(from: at, to: at + length - 2, by: 2).compactMap { bytes.little16($0) }
                let name = String(decoding: units.map { UInt16($0) }, as: UTF16.self)
                if members[name] == nil { members[name] = Member(start: start, size: size) }
            }
            guard let next = try await container.next(after: sector, &reading) else { return nil }
            if next == Container.endOfChain { return members }
            sector = next
        }
        return nil
    }
}

/// The sectors of the container and the table that chains them.
private struct Container {
    static let endOfChain = 0xffff_fffe

    let sectorSize: Int
    let directory: Int
    /// The sectors that hold the table.
    private let tableSectors: [Int]

    init?(_ reading: inout Reading) async throws {
        let header = try await reading.bytes(at: 0, 512)
        guard let shift = header.little16(30), shift == 9 || shift == 12, let first = header.little32(48),
            let tables = header.little32(44), tables > 0,
            // The table has four bytes for each sector; one that states much more would only fill memory.
            tables <= (reading.size >> shift) / (1 << (shift - 2)) + 16
        else { return nil }
        sectorSize = 1 << shift
        directory = first
        var sectors = (0..<min(tables, 109)).compactMap { header.little32(76 + $0 * 4) }
        var more = header.little32(68) ?? Container.endOfChain
        let each = (1 << shift) / 4 - 1
        while sectors.count < tables {
            let bytes = try await reading.bytes(at: (more + 1) << shift, 1 << shift)
            guard bytes.count == 1 << shift else { return nil }
            sectors += (0..<min(each, tables - sectors.count)).compactMap { bytes.little32($0 * 4) }
            more = bytes.little32(each * 4) ?? Container.endOfChain
        }
        tableSectors = sectors
    }

    /// The bytes of a sector; fewer or none when it lies beyond the end of the file.
    func sector(_ number: Int, _ reading: inout Reading) async throws -> Bytes {
        try await reading.bytes(at: (number + 1) * sectorSize, sectorSize)
    }

    /// The sector that follows in its chain; nothing where the table ends before it.
    func next(after number: Int, _ reading: inout Reading) async throws -> Int? {
        let perSector = sectorSize / 4
        guard tableSectors.indices.contains(number / perSector) else { return nil }
        let place = (tableSectors[number / perSector] + 1) * sectorSize + number % perSector * 4
        return try await reading.bytes(at: place, 4).little32(0)
    }
}
