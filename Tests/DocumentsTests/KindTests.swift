import Documents
import Testing

@Suite("What a file is")
struct KindTests {
    @Test(
        "Files of common programs are known by their content and are whole",
        arguments: [
            ("table.pdf", FileKind.pdf), ("stream.pdf", .pdf), ("linearized.pdf", .pdf),
            ("picture.jpg", .jpeg), ("progressive.jpg", .jpeg), ("picture.png", .png), ("picture.gif", .gif),
            ("picture.bmp", .bmp), ("picture.webp", .webp), ("picture.tiff", .tiff), ("fax.tiff", .tiff),
            ("photo.heic", .heic), ("letter.docx", .docx), ("sheet.xlsx", .xlsx), ("sheet.xls", .xls),
            ("letter.odt", .odt), ("plain.zip", .zip), ("zip64.zip", .zip), ("sound.wav", .wav),
            ("sound.mp3", .mp3), ("sound.mp4", .mp4), ("sound.mov", .quicktime), ("scan.dcm", .dicom),
        ])
    func known(name: String, kind: FileKind) async throws {
        let inspection = try await inspect(sample(name), named: name)
        #expect(inspection.kind == kind)
        #expect(inspection.findings == [])
        #expect(inspection.notes == [])
    }

    @Test(
        "Text is told from web pages, emails, programs and noise",
        arguments: [
            ("Dear Sir,\nplease send my records.\n", FileKind.text),
            ("Name;Größe\r\nZoë;1,80\r\n", .text),
            ("{\\rtf1\\ansi Hello}", .rtf),
            ("\u{feff}  <!DOCTYPE html><p>Hello", .html),
            ("<svg xmlns='http://www.w3.org/2000/svg'/>", .html),
            ("From: a@example.org\r\nTo: b@example.org\r\nSubject: Request\r\n\r\nHello", .email),
            ("Received: from mx by mail\r\n\tfor x; now\r\nDate: today\r\n\r\nHello", .email),
            ("From: the heart\nI write to you about my records.\n", .text),
            ("MZ\u{0}\u{1}\u{2}", .program),
            ("#!/bin/sh\nrm -rf /\n", .program),
            ("abc\u{0}\u{1}\u{2}\u{3}", .unrecognised),
        ])
    func texts(text: String, kind: FileKind) async throws {
        #expect(try await inspect(Array(text.utf8)).kind == kind)
    }

    @Test("Text in older encodings is text")
    func encodings() async throws {
        let latin: [UInt8] = Array("Ren".utf8) + [0xe9] + Array(" was here\r\n".utf8)
        #expect(try await inspect(latin).kind == .text)
        let wide: [UInt8] = [0xff, 0xfe] + "Zoë\r\n".utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        #expect(try await inspect(wide).kind == .text)
        let long = [0xff, 0xfe] + Array(repeatElement([UInt8(ascii: "a"), 0], count: 10_000).joined())
        #expect(try await inspect(long).kind == .text)
    }

    @Test("A sign of several bytes that a window cuts through does not make text unknown", arguments: 0..<4)
    func cutSigns(shift: Int) async throws {
        let text = String(repeating: "x", count: shift) + String(repeating: "𝄞", count: 5000)
        #expect(try await inspect(Array(text.utf8)).kind == .text)
    }

    @Test("A text that turns into noise further on is no text")
    func noiseBehindText() async throws {
        let bytes = [UInt8](repeating: 65, count: 8192) + [0, 1, 2, 3]
        #expect(try await inspect(bytes).kind == .unrecognised)
    }

    @Test("The ending of a name never decides; where it misleads, staff are told")
    func misleadingName() async throws {
        let inspection = try await inspect(sample("picture.jpg"), named: "passport.pdf")
        #expect(inspection.kind == .jpeg)
        #expect(inspection.notes == [.nameSaysOtherwise])
        #expect(try await inspect(Array("MZ\u{90}".utf8), named: "bill.pdf").kind == .program)
        #expect(try await inspect(sample("picture.jpg"), named: "SCAN.JPEG").notes == [])
        #expect(try await inspect(sample("picture.jpg"), named: "no ending").notes == [])
    }

    @Test("A PDF may begin with something else, but a web page that holds one is a web page")
    func hiddenPDF() async throws {
        let pdf = try sample("table.pdf")
        #expect(try await inspect([0, 1, 2, 13, 10] + pdf) == inspect(pdf))
        #expect(try await inspect(Array("<html><script>".utf8) + pdf.prefix(100)).kind == .html)
        #expect(try await inspect([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + pdf).kind == .png)
    }

    @Test("Macros in an Office document are noted")
    func macros() async throws {
        let bytes = Zip.make([
            .init("[Content_Types].xml"), .init("word/document.xml"), .init("word/vbaProject.bin"),
        ])
        let inspection = try await inspect(bytes, named: "letter.docm")
        #expect(inspection.kind == .docx)
        #expect(inspection.notes == [.macros])
    }
}
