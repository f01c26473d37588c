/// A table as text (RFC 4180), safe to open in a spreadsheet: a cell that would begin a formula begins with an
/// apostrophe instead. By hand because it is twenty lines, and because no package here guards against formulas.
package struct CSV: Sendable {
    /// What a browser is told it is.
    package static let mediaType = "text/csv; charset=utf-8"

    /// Begins with the mark by which spreadsheets know UTF-8.
    package private(set) var bytes: [UInt8] = [0xef, 0xbb, 0xbf]

    /// - Parameter head: the titles of the columns.
    package init(_ head: [String]) {
        add(head)
    }

    /// Adds a line, one cell a column.
    package mutating func add(_ cells: [String]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(0x2c) }
            bytes.append(0x22)
            if CSV.beginsFormula(cell) { bytes.append(0x27) }
            for byte in cell.utf8 {
                if byte == 0x22 { bytes.append(0x22) }
                bytes.append(byte)
            }
            bytes.append(0x22)
        }
        bytes += [0x0d, 0x0a]
    }

    /// What spreadsheets take for the start of a formula, also after white space and in its wide form.
    private static func beginsFormula(_ cell: String) -> Bool {
        guard let first = cell.unicodeScalars.first(where: { !$0.properties.isWhitespace }) else {
            return cell.unicodeScalars.first.map { $0 == "\t" || $0 == "\r" || $0 == "\n" } ?? false
        }
        return ["=", "+", "-", "@", "\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}"].contains(first)
            || cell.utf8.first == 9 || cell.utf8.first == 13 || cell.utf8.first == 10
    }
}
