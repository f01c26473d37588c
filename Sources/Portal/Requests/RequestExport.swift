import Rights

/// The list as a file for a spreadsheet.
enum RequestExport {
    static func csv(_ lines: [RequestLine]) -> [UInt8] {
        let rows =
            [["Type", "Reference", "Name", "Submitted", "Status"]]
            + lines.map { [$0.type, $0.reference, $0.name, $0.submitted.description, $0.status.label] }
        return Array(rows.map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined().utf8)
    }

    /// Quoted, and never a formula: a spreadsheet would run a name that begins with `=`.
    private static func cell(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        return "\"\(isFormula ? "'" : "")\(text.replacing("\"", with: "\"\""))\""
    }
}
