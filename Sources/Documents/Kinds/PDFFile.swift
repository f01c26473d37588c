/// A PDF seen from its end: the trailers say whether it is whole and whether it is encrypted.
enum PDFFile {
    /// - Parameter header: where `%PDF-` stands; places in the file are often counted from there.
    static func look(_ reading: inout Reading, header: Int) async throws -> Inspection {
        let trailers = try await trailers(&reading, header: header)
        guard trailers.contains(where: { $0["Root"] != nil }), try await isAsLongAsItSays(&reading, header) else {
            return Inspection(.pdf, [.broken])
        }
        guard let trailer = trailers.first(where: { $0["Encrypt"] != nil }) else { return Inspection(.pdf) }
        guard let encryption = try await encryption(&reading, trailer), encryption.opensWithoutOne else {
            return Inspection(.pdf, [.passwordProtected])
        }
        return Inspection(.pdf, notes: [.restricted])
    }

    /// All trailers, newest first: of tables (`trailer << … >>`) and of streams (the dictionary of `/Type /XRef`).
    /// Where the place of the table is wrong, the last trailer that can be seen counts, as it does for readers that
    /// repair such files.
    private static func trailers(_ reading: inout Reading, header: Int) async throws -> [PDFValue] {
        let (tail, _) = try await reading.tail(Reading.window)
        var found: [PDFValue] = []
        if let word = tail.last(Array("startxref".utf8)) {
            var reader = PDFReader(tail, at: word + 9)
            var next = reader.wholeNumber().map { [$0] } ?? []
            var seen: Set<Int> = []
            // A file has one trailer a revision; many more are a trap.
            while let place = next.popLast(), seen.count < 64 {
                guard seen.insert(place).inserted else { continue }
                guard let trailer = try await trailer(&reading, at: place, header: header) else { continue }
                found.append(trailer)
                next += [trailer["Prev"], trailer["XRefStm"]].compactMap { $0?.integer }
            }
        }
        if found.isEmpty, let word = tail.last(Array("trailer".utf8)) {
            var reader = PDFReader(tail, at: word + 7)
            if let trailer = reader.value() { found.append(trailer) }
        }
        return found
    }

    private static func trailer(_ reading: inout Reading, at place: Int, header: Int) async throws -> PDFValue? {
        for start in Set([place, place + header]).sorted() {
            guard start >= 0, start < reading.size else { continue }
            let bytes = try await reading.bytes(at: start, 4096)
            var reader = PDFReader(bytes)
            if reader.takes("xref") {
                guard let word = try await reading.first(Array("trailer".utf8), from: start, reach: 8 << 20) else {
                    continue
                }
                var after = PDFReader(try await reading.bytes(at: word + 7, Reading.window))
                if let trailer = after.value() { return trailer }
            } else if reader.wholeNumber() != nil, reader.wholeNumber() != nil, reader.takes("obj") {
                let value = reader.value()
                if value?["Type"]?.name == "XRef" { return value }
            }
        }
        return nil
    }

    /// A file made for quick display states its length in its first object; less than that was cut off.
    private static func isAsLongAsItSays(_ reading: inout Reading, _ header: Int) async throws -> Bool {
        let head = try await reading.bytes(at: header, 1024)
        guard let word = head.first(Array("obj".utf8)) else { return true }
        var reader = PDFReader(head, at: word + 3)
        guard let first = reader.value(), first["Linearized"] != nil, let stated = first["L"]?.integer else {
            return true
        }
        return stated <= reading.size
    }

    /// The encryption dictionary, in the trailer or as an object of its own (which is never compressed).
    private static func encryption(_ reading: inout Reading, _ trailer: PDFValue) async throws -> PDFPassword? {
        var identifier: [UInt8] = []
        if case .array(let parts) = trailer["ID"] { identifier = parts.first?.string ?? [] }
        guard let value = trailer["Encrypt"], case .reference(let number) = value else {
            return trailer["Encrypt"].flatMap { PDFPassword($0, identifier: identifier) }
        }
        let opening = Array("\(number) 0 obj".utf8)
        var from = 0
        // The number may occur in other places too, though not often.
        for _ in 0..<64 {
            guard let place = try await reading.first(opening, from: from) else { return nil }
            var reader = PDFReader(try await reading.bytes(at: place + opening.count, 4096))
            // “12 0 obj” also ends “112 0 obj”; only an encryption dictionary reads as one.
            if let found = reader.value(), let password = PDFPassword(found, identifier: identifier) { return password }
            from = place + 1
        }
        return nil
    }
}
