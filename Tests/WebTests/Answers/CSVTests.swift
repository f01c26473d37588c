import Testing

@testable import Web

@Suite struct CSVTests {
    @Test(
        "A cell that would begin a formula begins with an apostrophe",
        arguments: ["=1+1", "+44", "-1", "@SUM", " =1", "\t=1", "\r", "\u{ff1d}1", "=\u{301}1+1"])
    func guardsFormulas(cell: String) {
        var csv = CSV(["Name"])
        csv.add([cell])
        #expect(String(decoding: csv.bytes, as: UTF8.self).contains("\"'"))
    }

    @Test("A cell that begins none stays as it is, quotes doubled")
    func keepsPlainCells() {
        var csv = CSV(["a"])
        csv.add(["Siân \"Jo\" O'Neil, 2 = 2"])
        #expect(String(decoding: csv.bytes, as: UTF8.self).hasSuffix("\"Siân \"\"Jo\"\" O'Neil, 2 = 2\"\r\n"))
    }
}
