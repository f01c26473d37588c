import Rights
import Web

/// The list as a file for a spreadsheet.
enum RequestExport {
    static func csv(_ lines: [RequestLine]) -> [UInt8] {
        var csv = CSV(["Type", "Reference", "Name", "Submitted", "Status"])
        for line in lines {
            csv.add([line.type, line.reference, line.name, line.submitted.description, line.status.label])
        }
        return csv.bytes
    }
}
